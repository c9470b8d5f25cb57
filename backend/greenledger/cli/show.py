"""Tables for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from greenledger.cli import units
from greenledger.cli.verification import Verification
from greenledger.footprint.estimate import Estimate
from greenledger.footprint.fields import FieldError
from greenledger.footprint.ranges import Range

_ROWS: tuple[tuple[str, str, Callable[[int], str]], ...] = (
    ("energy", "energy_uwh", units.energy),
    ("operational, location-based", "operational_ug", units.mass),
    ("operational, market-based", "operational_market_ug", units.mass),
    ("embodied", "embodied_ug", units.mass),
    ("total, location-based", "total_ug", units.mass),
    ("total, market-based", "total_market_ug", units.mass),
    ("water on site", "water_ul", units.water),
)


def _table(title: str, columns: Iterable[str], right: Iterable[str] = ()) -> Table:
    table = Table(title=title, title_justify="left")
    numbers = set(right)
    for column in columns:
        table.add_column(column, justify="right" if column in numbers else "left", overflow="fold")
    return table


def _row(table: Table, *cells: str) -> None:
    # Text, not str: what came from a file must not be read as markup.
    table.add_row(*(Text(cell) for cell in cells))


def show_estimate(console: Console, estimate: Estimate, methodology: str) -> None:
    """The footprint, then each default that stood in for something not stated, then the warnings."""
    bounds = ("low", "central", "high")
    table = _table("Footprint (CO2e)", ("", *bounds), bounds)
    for label, stage, words in _ROWS:
        value: Range = getattr(estimate, stage)
        _row(table, label, words(value.low), words(value.central), words(value.high))
    if estimate.per_request_ug is not None:
        value = estimate.per_request_ug
        _row(table, "per request", units.mass(value.low), units.mass(value.central), units.mass(value.high))
    console.print(table)
    console.print(Text(f"Evidence tier {estimate.tier} of 1 (metered) to 7: {estimate.tier_reason}"))
    console.print(Text(f"Methodology {methodology}"))
    if estimate.defaults:
        defaults = _table("Defaults used", ("field", "factor", *bounds, "unit", "note"), bounds)
        for used in estimate.defaults:
            _row(defaults, used.field, used.factor, used.low, used.value, used.high, used.unit, used.note)
        console.print(defaults)
    for warning in estimate.warnings:
        console.print(Text(f"Note: {warning}"))


def show_errors(console: Console, errors: Iterable[FieldError]) -> None:
    """Every problem of a workload, with what would be right."""
    table = _table("The workload cannot be read", ("field", "problem", "expected"))
    for error in errors:
        _row(table, error.field or "(whole)", error.problem, error.expected)
    console.print(table)


def show_verification(console: Console, result: Verification) -> None:
    """Each field as stated and as found, then the verdict and the coverage."""
    table = _table(f"Attestation {result.id}", ("field", "stated", "found", "by", "equal"))
    for check in result.checks:
        _row(table, check.field, check.stated, check.found, check.source, "yes" if check.equal else "NO")
    console.print(table)
    if result.attestation.superseded:
        console.print(Text("Note: a later report of the account superseded this attestation"))
    console.print(Text(f"Coverage: {units.coverage(result.coverage_bps)}"))
    different = [check.field for check in result.checks if not check.equal]
    verdict = f"Not equal: {', '.join(different)}" if different else "Equal in every field"
    console.print(Text(verdict))


def show_catalogue(console: Console, sections: Mapping[str, list[dict[str, object]]]) -> None:
    """One table per section, columns as the entries have them."""
    for name, entries in sections.items():
        columns = list(entries[0]) if entries else ["id"]
        table = _table(f"{name} ({len(entries)})", columns)
        for entry in entries:
            _row(table, *(str(entry[column]) for column in columns))
        console.print(table)
