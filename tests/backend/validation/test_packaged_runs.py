"""Every published run that this version ships, and runs beyond them: classes are mapped, never cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenledger.footprint.factors import load_factor_set
from greenledger.validation.runs import PublishedRun, published_runs, runs_from_json
from greenledger.validation.verdicts import PASS, SHOWN, counts_by_use, explanations, judge, validate

FACTORS = load_factor_set()
PACKAGED = published_runs()
FURTHER = runs_from_json((Path(__file__).parent / "data" / "further_runs.json").read_bytes())
# What the first factor set has no rows for: embodied carbon that is stated, tasks, and the grid of a year.
NEEDS_THE_SECOND_SET = {
    "bloom176b-embodied-gpu",
    "bloom176b-embodied-server",
    "bloom176b-life-cycle",
    "if-1.1.0-embodied-2hdd",
    "if-1.1.0-sci",
    "if-sci-embodied-eighth",
    "nvidia-hgx-h100-pcf",
    "sam-carbon",
    "sciai-vision-consumer",
}


def ids(run: PublishedRun) -> str:
    return run.id


@pytest.mark.parametrize("run", PACKAGED, ids=ids)
def test_packaged_run__with_the_newest_factors__passes_or_is_flagged(run: PublishedRun) -> None:
    row = judge(run, FACTORS)

    assert row.verdict == (SHOWN if run.use == "flagged" else PASS), row.note


@pytest.mark.parametrize("run", FURTHER, ids=ids)
def test_further_run__that_the_package_does_not_hold__passes(run: PublishedRun) -> None:
    assert judge(run, FACTORS).verdict == PASS


def test_further_runs__are_at_least_25_and_none_of_the_packaged_ones() -> None:
    assert len(FURTHER) >= 25
    assert {run.id for run in FURTHER}.isdisjoint(run.id for run in PACKAGED)
    assert all("read here" in run.provenance or "recalled" in run.provenance for run in FURTHER)


def test_packaged_runs__with_the_first_factor_set__miss_only_what_it_has_no_rows_for() -> None:
    rows = validate(PACKAGED, load_factor_set("gal-factors-2026-1"))

    assert {row.id for row in rows if not row.ok} == NEEDS_THE_SECOND_SET


def test_flagged_runs__each__have_a_sentence_of_their_own() -> None:
    flagged = {run.id for run in PACKAGED if run.use == "flagged"}

    assert set(explanations()) == flagged


@pytest.mark.parametrize(
    ("run_id", "central"),
    [
        ("bloom176b-inference-carbon", "360.116"),
        ("luccioni-table4-opt175b", "74.844"),
        ("olmo2-13b", "90.4176"),
        ("olmo2-13b-doublepue", "101.03184"),
        ("codecarbon-joules-constant", "1"),
        ("sciai-consumer-llm", "130"),
        ("sciai-provider-flop", "4000"),
        ("sciai-vision-provider", "30000"),
    ],
)
def test_flagged_run__recomputed__gives_what_its_inputs_give(run_id: str, central: str) -> None:
    run = next(run for run in PACKAGED if run.id == run_id)

    assert judge(run, FACTORS).as_json()["central"] == central


def test_packaged_runs__by_use__are_counted_once_each() -> None:
    counts = counts_by_use(validate(PACKAGED, FACTORS))

    assert sum(number for of_use in counts.values() for number in of_use.values()) == len(PACKAGED)
    assert list(counts) == ["exact", "default", "band", "flagged"]
