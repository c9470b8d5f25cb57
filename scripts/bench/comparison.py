"""What the figures say beside each other: ratios, the report as JSON, tables. Nothing is measured here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.table import Table

from scripts.bench.timing import Figure

# The keys that others read. One that could not be measured is null, and `failures` says why.
KEYS = ("estimate_per_s", "batch_rows_per_s", "merkle_1e6_s", "ecologits_per_s", "codecarbon_per_s")
LEAVES = 1_000_000


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as fast as a peer we are; both figures in units per second."""

    ours: str
    peer: str
    reading: str


RATIOS: Mapping[str, Ratio] = {
    "estimate_to_ecologits": Ratio("estimate_per_s", "ecologits_per_s", "an estimate to EcoLogits' request"),
    "inference_to_ecologits": Ratio(
        "estimate_inference_per_s", "ecologits_per_s", "an inference estimate to EcoLogits' request"
    ),
    "batch_to_ecologits": Ratio("batch_rows_per_s", "ecologits_per_s", "a batch row to EcoLogits' request"),
    "estimate_to_codecarbon": Ratio(
        "estimate_per_s", "codecarbon_per_s", "an estimate to CodeCarbon's product of two numbers"
    ),
    "measured_to_codecarbon": Ratio(
        "estimate_measured_per_s", "codecarbon_per_s", "a metered estimate to the same"
    ),
    "measured_to_codecarbon_cloud": Ratio(
        "estimate_measured_per_s",
        "codecarbon_cloud_per_s",
        "a metered estimate to the same in a cloud region",
    ),
    "batch_to_codecarbon": Ratio("batch_rows_per_s", "codecarbon_per_s", "a batch row to the same"),
    "tree_to_openzeppelin": Ratio(
        "merkle_leaves_per_s", "openzeppelin_leaves_per_s", "a leaf to OpenZeppelin's"
    ),
}


def _per_s(figures: Mapping[str, Figure]) -> dict[str, float]:
    rates = {key: figure.cpu for key, figure in figures.items()}
    if "merkle_1e6_s" in rates:
        rates["merkle_leaves_per_s"] = LEAVES / rates["merkle_1e6_s"]
    return rates


def ratios_of(figures: Mapping[str, Figure]) -> dict[str, float]:
    """Each of `RATIOS` of which both sides were measured, by processor time."""
    rates = _per_s(figures)
    return {
        name: rates[ratio.ours] / rates[ratio.peer]
        for name, ratio in RATIOS.items()
        if ratio.ours in rates and ratio.peer in rates
    }


def report_of(
    figures: Mapping[str, Figure],
    machine: Mapping[str, object],
    versions: Mapping[str, str],
    failures: Mapping[str, str],
) -> dict[str, object]:
    """What is written: `KEYS` as medians, the ratios, every figure with its range, the circumstances."""
    medians = {key: figures[key].median if key in figures else None for key in KEYS}
    return medians | {
        "ratios": ratios_of(figures),
        "figures": {key: figure.as_json() for key, figure in figures.items()},
        "machine": dict(machine),
        "versions": dict(versions),
        "failures": dict(failures),
    }


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def figures_table(figures: Mapping[str, Figure]) -> Table:
    """Every figure with its median, least and most."""
    table = Table(
        title="One thread each, by the clock; the last column is the median by processor time",
        title_justify="left",
    )
    table.add_column("what", min_width=40)
    for name in ("median", "least", "most", "processor"):
        table.add_column(name, justify="right")
    table.add_column("")
    for figure in figures.values():
        numbers = (_number(value) for value in (figure.median, figure.least, figure.most, figure.cpu))
        table.add_row(figure.what, *numbers, figure.unit)
    return table


def ratios_table(figures: Mapping[str, Figure]) -> Table:
    """How many times as fast as the peers; below 1 the peer is faster."""
    table = Table(
        title="Ours to the peers', by processor time; below 1 the peer is faster", title_justify="left"
    )
    table.add_column("what")
    table.add_column("times", justify="right")
    for name, ratio in ratios_of(figures).items():
        table.add_row(RATIOS[name].reading, _number(ratio))
    return table
