"""The published JSON Schema: current, and of one mind with parsing."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from workload_strategies import Workloads

from greenledger.footprint.decimal_pattern import decimal_pattern
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.fields import InvalidWorkload
from greenledger.footprint.parsing import parse_workload
from greenledger.footprint.schema import workload_schema

FACTORS = load_factor_set()
SCHEMA = workload_schema(FACTORS)
VALIDATOR = Draft202012Validator(SCHEMA)
VECTORS = [
    (golden["factor_set"], vector)
    for file in sorted(Path(__file__).parent.glob("data/golden/*.json"))
    for golden in (json.loads(file.read_text(encoding="utf-8")),)
    for vector in golden["vectors"]
]

PHASE: dict[str, Any] = {"hardware": "h100-sxm-80gb", "device_seconds": "3600"}
METERED: dict[str, Any] = {"measured_uwh": "5", "measurement_scope": "node"}
CONTRACT: dict[str, Any] = {"energy_uwh": 1, "grid_mg_per_kwh": 0, "evidence": "0x" + "ab" * 32}
BARE: dict[str, Any] = {"kind": "training", "start": 1_700_000_000, "end": "1700003600"}
TRAINING = BARE | {"phases": [PHASE]}
REQUESTS = BARE | {"kind": "inference", "requests": 7}
TOKENS = REQUESTS | {"model": "llama-3.1-8b", "output_tokens": 100}

ACCEPTED = [
    TRAINING,
    REQUESTS,
    TOKENS,
    TRAINING | {"kind": "fine-tuning", "name": "Zürich 猫 1"},
    TRAINING | {"phases": [PHASE | {"hardware": "H100-SXM-80GB"}]},
    TRAINING | {"phases": [PHASE | {"power_mw": 400_000, "power_scope": "device"}]},
    TRAINING | {"place": {"country": "US", "state": "CA"}},
    TRAINING | {"place": {"country": "us", "state": "ca"}},
    TRAINING | {"place": {"provider": "aws", "region": "eu-west-3"}},
    TRAINING | {"contracts": [CONTRACT, CONTRACT | {"evidence": "0X" + "AB" * 32}]},
    TRAINING | {"functional_unit": {"name": "image", "count": str(10**30)}},
    BARE | METERED,
    BARE | METERED | {"kind": "inference"},
]
REFUSED: list[Any] = [
    *([], "x", 1, None, True, {}),
    *(
        {**TRAINING, "start": value}
        for value in (True, None, -1, 1.5, "01700000000", "1_700", " 5", "", "\u0660")
    ),
    *({**TRAINING, "start": value} for value in (1_262_303_999, "1262303999", "4102444801", "9" * 50)),
    *({**TRAINING, "name": value} for value in ("", "x" * 101, "a\nb", "  ", 5, None, "\x00")),
    *({**TRAINING, "pue_ppm": value} for value in ("999999", "3000001", "1.2", 0, "-1")),
    *({**TRAINING, "phases": value} for value in ([], {}, [PHASE] * 65, [3], [{}], None)),
    *({**TRAINING, "place": value} for value in ("FR", {}, {"country": "France"}, {"country": "XX"})),
    *({**TRAINING, "place": value} for value in ({"state": "CA"}, {"country": "FR", "state": "CA"})),
    *({**TRAINING, "place": value} for value in ({"provider": "aws"}, {"region": "eu-west-3"})),
    TRAINING | {"place": {"country": "FR", "provider": "aws", "region": "eu-west-3"}},
    TRAINING | {"place": {"country": "FR", "lat": 48}},
    TRAINING | {"place": {"country": "F\u212a"}},
    TRAINING | {"kind": "Training"},
    TRAINING | {"colour": "green"},
    TRAINING | {"contracts": [CONTRACT | {"evidence": "receipt.pdf"}]},
    TRAINING | {"contracts": [{"energy_uwh": 1}]},
    TRAINING | {"phases": [PHASE | {"watts": 400}]},
    TRAINING | {"phases": [PHASE | {"hardware": "h100"}]},
    TRAINING | {"phases": [PHASE | {"power_mw": 400_000}]},
    TRAINING | {"phases": [PHASE | {"power_scope": "device"}]},
    TRAINING | {"phases": [PHASE | {"mfu_ppm": 400_000}]},
    TRAINING | {"phases": [PHASE | METERED | {"utilisation_ppm": 5}]},
    TRAINING | {"phases": [PHASE | METERED | {"measurement_scope": "facility", "pue_ppm": 1_100_000}]},
    TRAINING | {"phases": [METERED | {"embodied_mg": 5}]},
    TRAINING | METERED | {"phases": [PHASE | {"place": {"country": "FR"}}]},
    TRAINING | {"measured_uwh": "1"},
    TRAINING | {"measurement_scope": "node"},
    TRAINING | METERED | {"measurement_scope": "facility", "pue_ppm": 1_100_000},
    TRAINING | {"model": "llama-3.1-8b"},
    TRAINING | {"requests": 5},
    TRAINING | {"functional_unit": {"name": "image"}},
    TRAINING | {"embodied_share_ppm": 1_000_001},
    BARE,
    BARE | {"kind": "inference"},
    REQUESTS | {"pue_ppm": 1_100_000},
    TOKENS | {"model": "gpt-9"},
    TOKENS | {"active_params": 10**9},
    TOKENS | {"total_params": 10**9},
    TOKENS | {"phases": [PHASE]},
    TOKENS | {"task": "image-generation", "units": 5},
    TOKENS | {"batch": 0},
    TOKENS | {"output_tokens": True},
    REQUESTS | {"model": "llama-3.1-8b"},
    REQUESTS | {"units": 5},
]
# What no schema can say: sums, order, and names in another case.
LEFT_TO_PARSING = [
    TRAINING | {"end": 1_600_000_000},
    TRAINING | {"phases": [PHASE | {"device_seconds": 31_000_000_000_000}]},
    TOKENS | {"input_tokens": 5, "cached_tokens": 6},
    TRAINING | {"phases": [PHASE | {"hardware": "H100"}]},
]


def is_parsed(workload: object) -> bool:
    try:
        parse_workload(workload, FACTORS)
    except InvalidWorkload:
        return False
    return True


def test_schema__as_published__is_current() -> None:
    file = resources.files("greenledger.footprint").joinpath("data", "workload.schema.json")
    made = json.dumps(SCHEMA, indent=2, ensure_ascii=False) + "\n"

    assert file.read_text(encoding="utf-8") == made, "run greenledger schema and keep what it prints"


@pytest.mark.parametrize(
    ("set_id", "vector"), VECTORS, ids=lambda part: part if isinstance(part, str) else part["name"]
)
def test_schema__of_a_golden_workload_and_its_canonical_form__accepts_both(
    set_id: str, vector: dict[str, Any]
) -> None:
    factors = load_factor_set(set_id)
    validator = Draft202012Validator(workload_schema(factors))

    assert validator.is_valid(vector["workload"])
    assert validator.is_valid(parse_workload(vector["workload"], factors).canonical())


@pytest.mark.parametrize("workload", ACCEPTED, ids=str)
def test_schema__of_what_parsing_takes__accepts_it(workload: object) -> None:
    assert is_parsed(workload)
    assert VALIDATOR.is_valid(workload)


@pytest.mark.parametrize("workload", REFUSED, ids=lambda workload: str(workload)[:200])
def test_schema__of_what_parsing_refuses__refuses_it(workload: object) -> None:
    assert not is_parsed(workload)
    assert not VALIDATOR.is_valid(workload)


@pytest.mark.parametrize("workload", LEFT_TO_PARSING, ids=str)
def test_schema__of_sums_order_and_other_case__leaves_them_to_parsing(workload: object) -> None:
    assert not is_parsed(workload)
    assert VALIDATOR.is_valid(workload)


@given(workload=Workloads(FACTORS).any)
@settings(max_examples=200, deadline=None)
def test_schema__of_any_workload__refuses_nothing_that_parsing_takes(workload: dict[str, Any]) -> None:
    assert VALIDATOR.is_valid(workload) or not is_parsed(workload)
    if is_parsed(workload):
        assert VALIDATOR.is_valid(parse_workload(workload, FACTORS).canonical())


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_decimal_pattern__of_a_range__matches_its_numbers_and_no_others(data: st.DataObject) -> None:
    low = data.draw(st.integers(0, 10**15))
    high = data.draw(st.integers(low, low + 10 ** data.draw(st.integers(0, 16))))
    pattern = re.compile(decimal_pattern(low, high))
    near = st.sampled_from([0, max(low - 1, 0), low, high, high + 1, low * 10, high // 10])
    value = data.draw(near | st.integers(0, 2 * high))

    assert (pattern.match(str(value)) is not None) == (low <= value <= high)
    assert pattern.match(f"0{value}") is None


def test_decimal_pattern__of_no_range__is_refused() -> None:
    with pytest.raises(ValueError, match="expected 0 <= 5 <= 4"):
        decimal_pattern(5, 4)
