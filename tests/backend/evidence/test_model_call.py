"""The arguments of `FootprintModel.estimate`: rows as the contract writes them, numbers as its structs do."""

from __future__ import annotations

from typing import Any

import pytest

from greenledger.evidence.methodology import factor_root
from greenledger.evidence.model_call import BeyondModel, model_call, row_argument
from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import load_factor_set, published_sets
from greenledger.footprint.parsing import parse_workload

FACTORS = load_factor_set()
START = 1_700_000_000
# What the contract puts between the fields of a row: members in the order of their names.
TEMPLATE = (
    '{{"central":"{3}","evidence":"{8}","high":"{4}","key":"{0}","licence":"{7}","low":"{2}",'
    '"source_id":"{6}","unit":"{1}","year":"{5}"}}'
)
# Bytes that the contract's struct has room for.
MOST_BYTES = {0: 80, 1: 20, 6: 40, 7: 40, 8: 200}
PHASE = {"hardware": "h100-sxm-80gb", "device_seconds": 10**9}


def call_of(stated: dict[str, Any]) -> Any:
    return model_call(parse_workload({"start": START, "end": START + 10**7, **stated}), FACTORS)


@pytest.mark.parametrize("set_id", published_sets())
def test_row__written_by_the_contracts_template__is_its_canonical_text(set_id: str) -> None:
    for row in load_factor_set(set_id).rows:
        argument = row_argument(row)

        assert TEMPLATE.format(*argument).encode() == row.canonical()
        assert row.canonical().count(b'"') == 36
        assert all(len(str(argument[at]).encode()) <= most for at, most in MOST_BYTES.items())
        assert row.value.high < 2**120


@pytest.mark.parametrize("set_id", published_sets())
def test_key_with_its_unit__of_every_row__is_one_of_its_kind(set_id: str) -> None:
    # A role finds its row by "KEY in UNIT"; no key may look like another key with a unit.
    for row in load_factor_set(set_id).rows:
        assert " " not in row.key


def test_call__of_an_estimate__has_its_rows_in_the_order_of_use_with_their_proofs() -> None:
    stated = {"kind": "training", "place": {"country": "DE"}, "phases": [PHASE]}
    workload = parse_workload({"start": START, "end": START + 10**7, **stated})
    call = model_call(workload, FACTORS)

    assert call.root == factor_root(FACTORS)
    assert call.keys == estimate(workload, FACTORS).factors
    assert [row[0] for row in call.rows] == list(call.keys)
    for key, proof in zip(call.keys, call.proofs, strict=True):
        assert proof.root(FACTORS.row(key).canonical()) == call.root
    assert call.arguments == (call.root, call.workload, call.rows, call.proofs)


@pytest.mark.parametrize(
    ("stated", "asked_for"),
    [
        ({"grid_mg_per_kwh": 300_000}, "grid/life-cycle/lowest"),
        (
            {"phases": [{**PHASE, "power_mw": 300_000, "power_scope": "device"}]},
            "hardware/h100-sxm-80gb/rated-power",
        ),
        (
            {
                "phases": [
                    {**PHASE, "hardware": "tpu-v4", "power_mw": 200_000, "power_scope": "device"},
                ]
            },
            "hardware/tpu-v4/system-power",
        ),
        (
            {"phases": [{**PHASE, "hardware": FACTORS.names("hardware/", "/accelerators")[0]}]},
            f"hardware/{FACTORS.names('hardware/', '/accelerators')[0]}/accelerators",
        ),
    ],
)
def test_call__of_a_rule_that_only_asks__has_that_row_too(stated: dict[str, Any], asked_for: str) -> None:
    assert asked_for in call_of({"kind": "training", "phases": [PHASE], **stated}).keys


def test_call__of_what_is_not_stated__has_zeros_and_empty_texts() -> None:
    workload = call_of({"kind": "inference", "requests": 5}).workload

    nothing = ("", 0, (False, 0), (False, 0))
    assert workload[:3] == (3, START, START + 10**7)
    assert workload[10] == 5
    assert workload[17] == nothing
    assert {value for at, value in enumerate(workload[3:]) if at not in (7, 14)} == {
        (),
        0,
        "",
        (False, 0),
    }


def test_call__of_a_stated_zero__says_that_it_is_stated() -> None:
    site = {"grid_mg_per_kwh": 0, "wue_ul_per_kwh": 0, "place": {"country": "US", "state": "CA"}}
    workload = call_of({"kind": "training", "phases": [PHASE], **site}).workload

    assert workload[17] == ("state/US-CA", 0, (True, 0), (True, 0))


def test_call__of_a_region__spells_it_as_the_keys_do() -> None:
    place = {"provider": "gcp", "region": "us-central1"}
    call = call_of({"kind": "training", "phases": [{**PHASE, "place": place}]})

    assert call.workload[3][0][-1][0] == "region/gcp/us-central1"


def test_call__of_nine_phases__is_beyond_the_contract() -> None:
    with pytest.raises(BeyondModel, match="phases: 9, but one call of the contract takes at most 8"):
        call_of({"kind": "training", "phases": [PHASE] * 9})
