"""Tables for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from greenledger.cli import units
from greenledger.cli.tables import add_row, new_table
from greenledger.evidence.methodology import METHOD, methodology_id
from greenledger.evidence.words import as_hex
from greenledger.footprint.estimate import Estimate
from greenledger.footprint.explain import Explanation
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError
from greenledger.footprint.ranges import Range
from greenledger.footprint.trail import DefaultUsed

_ROWS: tuple[tuple[str, str, Callable[[int], str]], ...] = (
    ("energy of the machines", "it_energy_uwh", units.energy),
    ("energy of the facility", "energy_uwh", units.energy),
    ("operational, location-based", "operational_ug", units.mass),
    ("operational, market-based", "operational_market_ug", units.mass),
    ("embodied", "embodied_ug", units.mass),
    ("total, location-based", "total_ug", units.mass),
    ("total, market-based", "total_market_ug", units.mass),
    ("water", "water_ul", units.water),
)


_BOUNDS = ("low", "central", "high")
# Where the share of a stage stands in the table; the rest of the energy is what the facility adds.
_ROW_OF = {"machines": "it_energy_uwh", "operational": "operational_ug", "embodied": "embodied_ug"}
_WHOLE = {"energy_uwh": "energy", "total_ug": "total"}


def _cells(value: Range, words: Callable[[int], str]) -> tuple[str, str, str]:
    return words(value.low), words(value.central), words(value.high)


def _shares(explanation: Explanation) -> dict[str, str]:
    """Shares in words, by the name of the row that they stand in."""
    words: dict[str, list[str]] = {}
    for share in explanation.shares:
        row = _ROW_OF.get(share.stage)
        named = "" if row else f"{share.stage} "
        if row or share.share_ppm:
            text = f"{named}{units.percent(share.share_ppm)} of {_WHOLE[share.of]}"
            words.setdefault(row or share.of, []).append(text)
    return {row: ", ".join(texts) for row, texts in words.items()}


def _footprint(made: Estimate, explanation: Explanation) -> Table:
    table = new_table("Footprint (CO2e)", ("", *_BOUNDS, "share"), _BOUNDS)
    shares = _shares(explanation)
    for label, stage, words in _ROWS:
        add_row(table, label, *_cells(getattr(made, stage), words), shares.get(stage, ""))
    if made.per_request_ug is not None:
        add_row(table, "per request", *_cells(made.per_request_ug, units.mass), "")
    if made.sci is not None:
        label = f"SCI, per {made.sci.unit} ({made.sci.persona})"
        add_row(table, label, *_cells(made.sci.per_unit_ug, units.mass), "")
    return table


def _defaults(console: Console, used: Iterable[DefaultUsed]) -> None:
    """Each default with its bounds; the sources stand below, as most of them serve several rows."""
    table = new_table("Defaults used", ("field", "factor", *_BOUNDS, "unit", "source"), _BOUNDS)
    sources: dict[str, int] = {}
    for one in used:
        number = sources.setdefault(one.source, len(sources) + 1)
        add_row(table, one.field, one.factor, one.low, one.value, one.high, one.unit, f"[{number}]")
    console.print(table)
    for source, number in sources.items():
        console.print(Text(f"[{number}] {source}"), soft_wrap=True)


def show_estimate(console: Console, made: Estimate, explanation: Explanation, factors: FactorSet) -> None:
    """The footprint with the share of each stage, the tier with its reason, each default that stood in for
    something not stated, the warnings, and what would narrow the bounds most.
    """
    console.print(_footprint(made, explanation))
    console.print(Text(f"Evidence tier {made.tier} of 1 (metered) to 7: {made.tier_reason}"))
    console.print(Text(f"Methodology {METHOD} with {factors.set_id}, {as_hex(methodology_id(factors))}"))
    if made.defaults:
        _defaults(console, made.defaults)
    for warning in made.warnings:
        console.print(Text(f"Note: {warning}"))
    if explanation.narrowing:
        best = explanation.narrowing[0]
        console.print(
            Text(f"To narrow the bounds most, by {units.percent(best.saved_ppm)}: state {best.advice}")
        )


def show_errors(console: Console, errors: Iterable[FieldError]) -> None:
    """Every problem of a workload, with what would be right."""
    table = new_table("The workload cannot be read", ("field", "problem", "expected"))
    for error in errors:
        add_row(table, error.field or "(whole)", error.problem, error.expected)
    console.print(table)


def show_catalogue(console: Console, sections: Mapping[str, list[dict[str, object]]]) -> None:
    """One table per section, columns as the entries have them."""
    for name, entries in sections.items():
        columns = list(entries[0]) if entries else ["id"]
        table = new_table(f"{name} ({len(entries)})", columns)
        for entry in entries:
            add_row(table, *(str(entry[column]) for column in columns))
        console.print(table)
