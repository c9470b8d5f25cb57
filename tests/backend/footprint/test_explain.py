"""The explanation: shares that add up, and the input that would narrow the bounds most."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from workload_strategies import Workloads

from greenledger.footprint.estimate import estimate
from greenledger.footprint.explain import Explanation, explain
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.parsing import parse_workload

FACTORS = load_factor_set()
SITE = {"start": 1_750_000_000, "end": 1_750_086_400, "place": {"country": "US"}}
SERVING: dict[str, Any] = {"kind": "inference", **SITE, "model": "llama-3.1-8b", "output_tokens": 400}


def of(stated: dict[str, Any]) -> Explanation:
    return explain(parse_workload(stated, FACTORS), FACTORS)


def test_narrowing__of_a_request_with_nothing_known__begins_with_the_batch() -> None:
    best = of(SERVING).narrowing[0]

    assert best.field == "batch"
    assert best.narrowed_ug < best.width_ug // 2
    assert "batch" in best.advice


def test_narrowing__of_a_number_of_requests__promises_nothing_of_a_model_and_its_tokens() -> None:
    stated = {"kind": "inference", **SITE, "requests": 1_000_000}
    closer = of({**stated, "model": "gpt-4o", "input_tokens": 100, "output_tokens": 300})

    told = of(stated).narrowing

    assert "grid_mg_per_kwh" in {item.field for item in told}
    assert "request/published" not in {item.factor for item in told}
    assert closer.narrowing[0].width_ug > told[0].width_ug  # the better evidence has the wider bounds


def test_narrowing__by_the_best_input__is_what_stating_it_gives() -> None:
    best = of(SERVING).narrowing[0]
    central = FACTORS.row("batch/unknown").value.central
    exact = estimate(parse_workload(SERVING, FACTORS), FACTORS.with_exact("batch/unknown")).total_ug

    assert best.narrowed_ug == exact.high - exact.low
    assert of({**SERVING, "batch": central}).narrowing[0].field != "batch"


@given(Workloads(FACTORS).any)
def test_explanation__of_any_workload__adds_up_and_never_widens(stated: dict[str, Any]) -> None:
    work = parse_workload(stated, FACTORS)
    made = estimate(work, FACTORS)
    told = explain(work, FACTORS, made)

    for of_what, whole in (("energy_uwh", made.energy_uwh), ("total_ug", made.total_ug)):
        shares = [share.share_ppm for share in told.shares if share.of == of_what]
        assert abs(sum(shares) - (1_000_000 if whole.central else 0)) <= len(shares)
    widths = [item.narrowed_ug for item in told.narrowing]
    assert widths == sorted(widths)
    assert all(item.narrowed_ug < item.width_ug for item in told.narrowing)
    assert {item.factor for item in told.narrowing} <= {used.factor for used in made.defaults}
    assert [step.name for step in told.steps] == ["machines", "facility", "operational", "embodied", "total"]


@given(st.integers(1, 10**12))
def test_steps__of_metered_energy__are_the_integers_of_the_record(uwh: int) -> None:
    stated = {"kind": "training", **SITE, "measured_uwh": uwh, "measurement_scope": "node"}
    made = estimate(parse_workload(stated, FACTORS), FACTORS)

    assert of(stated).steps[-1].value == made.total_ug
    assert of(stated).steps[0].value == made.it_energy_uwh


def test_advice__for_every_field_that_can_be_a_default__is_a_sentence_of_its_own() -> None:
    stated = [SERVING, {"kind": "training", **SITE, "phases": [{"hardware": "t4", "device_seconds": 5}]}]
    for work in stated:
        for item in of(work).narrowing:
            assert item.advice != item.field


def test_as_json__every_number__is_a_decimal_string() -> None:
    told = of(SERVING).as_json()

    assert told["narrowing"][0]["saved_ppm"].isdecimal()  # type: ignore[index]
    assert told["steps"][0]["unit"] == "uWh"  # type: ignore[index]
