"""The pure parts of the bench: figures, ratios, the report, and the workloads that are measured."""

from __future__ import annotations

import io
import sys
from collections import Counter

import pytest
from rich.console import Console

from greenledger.footprint.estimate import estimate
from greenledger.footprint.factors import load_factor_set
from scripts.bench.comparison import KEYS, figures_table, ratios_of, ratios_table, report_of
from scripts.bench.peers import PeerError, output_of
from scripts.bench.timing import Figure, Seconds, duration, duration_of, rate, rate_of
from scripts.bench.workloads import KINDS, workloads


def figure(median: float, unit: str = "per s") -> Figure:
    return Figure("an act", unit, median, median / 2, median * 2, median)


MEASURED = {
    "estimate_per_s": figure(60_000),
    "merkle_1e6_s": figure(5, "s"),
    "ecologits_per_s": figure(6_000),
    "openzeppelin_leaves_per_s": figure(4_000),
}


SAMPLES = [Seconds(4.0, 1.0), Seconds(1.0, 0.5), Seconds(8.0, 2.0)]


def text_of(table: object) -> str:
    console = Console(file=io.StringIO(), width=120)
    console.print(table)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_duration__of_samples__is_their_median_with_the_extremes_and_that_of_the_processor() -> None:
    assert duration_of("an act", SAMPLES) == Figure("an act", "s", 4.0, 1.0, 8.0, 1.0)


def test_rate__of_samples__is_units_over_seconds() -> None:
    assert rate_of("an act", 8, SAMPLES) == Figure("an act", "per s", 2.0, 1.0, 8.0, 8.0)


def test_rate__of_an_act__counts_its_units_and_leaves_the_warm_up_out() -> None:
    calls: list[None] = []
    found = rate("an act", lambda: calls.append(None), 10, repetitions=3, least_s=0)

    assert len(calls) == 1 + 1 + 3
    assert 0 < found.least <= found.median <= found.most


def test_duration__of_an_act__is_taken_as_often_as_asked_after_a_warm_up() -> None:
    calls: list[None] = []
    duration("an act", lambda: calls.append(None), repetitions=2)

    assert len(calls) == 3


def test_ratios__of_what_was_measured__leave_out_what_was_not() -> None:
    assert ratios_of(MEASURED) == {"estimate_to_ecologits": 10.0, "tree_to_openzeppelin": 50.0}


def test_report__without_a_peer__holds_every_key__null_with_its_reason() -> None:
    report = report_of(MEASURED, {"cpus": 2}, {}, {"CodeCarbon": "pip said no"})

    assert set(KEYS) <= set(report)
    assert report["estimate_per_s"] == 60_000
    assert report["codecarbon_per_s"] is None
    assert report["failures"] == {"CodeCarbon": "pip said no"}
    assert report["machine"] == {"cpus": 2}


def test_peer__that_cannot_be_installed__is_reported_with_what_its_command_said() -> None:
    command = [sys.executable, "-c", "import sys; sys.exit('no such wheel')"]

    with pytest.raises(PeerError, match=r"^installing peers failed with exit code 1: no such wheel$"):
        output_of(command, "installing peers")


def test_tables__show_medians_with_extremes__and_how_many_times_as_fast() -> None:
    assert all(
        number in text_of(figures_table(MEASURED)) for number in ("60,000", "30,000", "120,000", "5.00")
    )
    assert "10.00" in text_of(ratios_table(MEASURED))


@pytest.mark.parametrize("kind", KINDS)
def test_workloads__of_each_kind__are_varied_and_the_same_every_time(kind: str) -> None:
    factors = load_factor_set()
    works = workloads(factors, kind, 60)

    assert works == workloads(factors, kind, 60)
    assert len(set(works)) == 60
    assert len({work.place for work in works}) > 30
    assert all(estimate(work, factors).total_ug.high > 0 for work in works)


def test_workloads__of_training__have_phases_at_several_sites() -> None:
    works = workloads(load_factor_set(), "training", 60)

    assert set(Counter(len(work.phases) for work in works)) == {1, 2, 3, 4}
    assert any(phase.place is not None for work in works for phase in work.phases)
