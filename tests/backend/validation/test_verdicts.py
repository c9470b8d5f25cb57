"""What passes and what misses, by use."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from validation_runs import FACTORS, row_of

from greenledger.validation.runs import USES, Expected, PublishedRun
from greenledger.validation.verdicts import MISS, PASS, SHOWN, decimal_text, judge


@pytest.mark.parametrize(("printed", "verdict"), [(100, PASS), (99.5, PASS), (99, MISS)])
def test_exact_run__passes_within_its_tolerance_only(printed: float, verdict: str) -> None:
    assert row_of({"energy_mwh": 100}, printed, "MWh", tolerance_pct=0.6).verdict == verdict


def test_exact_run__printed_with_more_digits_than_our_integers_have__passes_if_it_rounds_to_ours() -> None:
    inputs = {"te_g": 1, "duration_s": 1, "lifespan_s": 3_000_000}

    assert row_of(inputs, 0.000000333333, "gCO2e", kind="embodied", tolerance_pct=0).verdict == PASS
    assert row_of(inputs, 0.0000009, "gCO2e", kind="embodied", tolerance_pct=0).verdict == MISS


def test_default_run__outside_our_bounds_with_nothing_assumed__misses() -> None:
    inputs = {"energy_mwh": 100, "country": "France", "reference_assumption": {"pue": 3}}
    within = row_of(inputs, 12.4, "tCO2e", use="default", tolerance_pct=1)

    assert within.verdict == MISS
    assert "outside our bounds" in within.note


def test_default_run__within_tolerance_and_bounds__says_the_bounds() -> None:
    inputs = {"energy_mwh": 100, "country": "USA", "reference_assumption": {"pue": 1.1}}
    row = row_of(inputs, 42.28, "tCO2e", use="default", tolerance_pct=1)

    assert row.verdict == PASS
    assert row.note.endswith("with nothing assumed")


@pytest.mark.parametrize(("printed", "verdict"), [(0.3, PASS), (0.01, MISS), (90, MISS)])
def test_band_run__passes_if_the_value_lies_within_our_bounds(printed: float, verdict: str) -> None:
    row = row_of({}, printed, "Wh/query", kind="inference", use="band", tolerance_pct=0)

    assert row.verdict == verdict


def test_band_run__whose_published_spread_reaches_our_bounds__passes_and_says_so() -> None:
    row = row_of({}, 0.9, "Wh/query", kind="inference", use="band", band=[0.5, 1.2])

    assert (row.verdict, row.note) == (PASS, "the published spread overlaps our bounds")


def test_flagged_run__whatever_it_prints__is_shown_and_is_no_gate() -> None:
    off, unknown = (
        row_of({"energy_mwh": 1}, 900, "MWh", use="flagged"),
        row_of({"xyz": 1}, 900, "MWh", use="flagged"),
    )

    assert (off.verdict, off.ok, off.note) == (SHOWN, True, "the inputs give 1 MWh")
    assert (unknown.verdict, unknown.ok, unknown.note) == (SHOWN, True, "not understood: inputs.xyz")


def test_difference__of_a_published_zero__is_zero_or_nothing() -> None:
    clean = row_of({"energy_mwh": 1, "ci_g_per_kwh": 0}, 0, "tCO2e", tolerance_pct=0)
    other = row_of({"energy_mwh": 1, "ci_g_per_kwh": 1}, 0, "tCO2e", tolerance_pct=0)

    assert (clean.verdict, clean.difference_pct) == (PASS, 0)
    assert (other.verdict, other.difference_pct) == (MISS, None)


def test_row__as_json__has_numbers_as_text() -> None:
    row = row_of({"energy_mwh": 100}, 100, "MWh").as_json()

    assert (row["published"], row["central"], row["difference_pct"]) == ("100", "100", "0")


@pytest.mark.parametrize(
    ("value", "text"), [(Fraction(1, 3), "0.333333333"), (Fraction(10**7), "10000000"), (Fraction(0), "0")]
)
def test_decimal_text__of_a_fraction__has_nine_digits_and_no_exponent(value: Fraction, text: str) -> None:
    assert decimal_text(value) == text


NAMES = (
    *("energy_kwh", "idle_energy_kwh", "overhead_share", "gpu_hours", "node_hours", "count", "days", "year"),
    *("power_w", "system_power_w", "cpu_power_w", "utilisation", "pue", "wue_l_per_kwh", "ci_g_per_kwh"),
    *("ci_g_per_kwh_market", "contractual_coverage_pct", "embodied_kg_per_gpu", "te_g", "gpus_per_server"),
    *("lifetime_years", "lifetime_utilisation", "duration_s", "lifespan_s", "resources_reserved", "nodes"),
    *(
        "resources_total",
        "requests",
        "tokens",
        "output_tokens",
        "input_tokens",
        "active_params",
        "batch_size",
    ),
    *("mfu", "peak_flops", "achieved_tflops", "flop", "carbon_g", "latency_s", "tokens_per_second", "runs"),
    *("queries_per_day", "wh_per_query", "xyz"),
)
UNITS = (
    "MWh",
    "tCO2e",
    "Wh/request",
    "J/token (GPU only)",
    "mL/prompt",
    "gCO2e/kWh",
    "kgCO2e/GPU",
    "GWh/year",
)
VALUES = tuple(map(Decimal, ("0", "1", "0.5", "-3", "400", "2023", "1e12", "1e30", "1e-9")))
KINDS = ("training", "inference", "embodied", "sci", "tool_output")


@settings(max_examples=200, deadline=None)
@given(
    inputs=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=6),
    kind=st.sampled_from(KINDS),
    use=st.sampled_from(USES),
    unit=st.sampled_from(UNITS),
)
def test_any_combination_of_inputs__gives_a_row_with_ordered_bounds(
    inputs: dict[str, Decimal], kind: str, use: str, unit: str
) -> None:
    run = PublishedRun("x", kind, use, "s", "p", inputs, Expected(Decimal(5), unit, Decimal(1)))
    row = judge(run, FACTORS)

    assert row.ours is None or row.ours[0] <= row.ours[1] <= row.ours[2]
    assert not ("xyz" in inputs and row.ours is not None)
