"""Many estimates for people: a table of the first ones and the totals of all."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from greenledger.cli import units
from greenledger.cli.batch import Estimated, Totals
from greenledger.cli.tables import add_row, new_table

MOST_ROWS = 100  # a terminal is no place for more; --json and --output hold them all

_COLUMNS = ("line", "name", "energy", "low", "central", "high", "tier")


class BatchTable:
    """Collects the first rows while all are estimated."""

    def __init__(self) -> None:
        self._table: Table = new_table("Footprints (CO2e, location-based)", _COLUMNS, _COLUMNS[2:])

    def add(self, row: Estimated) -> None:
        if self._table.row_count < MOST_ROWS:
            total = row.estimate.total_ug
            energy = units.energy(row.estimate.energy_uwh.central)
            masses = (units.mass(total.low), units.mass(total.central), units.mass(total.high))
            add_row(
                self._table, str(row.line), row.workload.name or "", energy, *masses, str(row.estimate.tier)
            )

    def show(self, console: Console, totals: Totals) -> None:
        """The table, how many more there are, and the sums of all."""
        if hidden := totals.estimated - self._table.row_count:
            add_row(self._table, "", f"and {hidden:,} more")
        self._table.add_section()
        total = totals.stages["total_ug"]
        masses = (units.mass(total.low), units.mass(total.central), units.mass(total.high))
        energy = units.energy(totals.stages["energy_uwh"].central)
        add_row(self._table, "", f"total of {totals.estimated:,}", energy, *masses, str(totals.tier))
        console.print(self._table)


def show_rejected(console: Console, totals: Totals, path: Path | None) -> None:
    """How many entries were rejected, and where the report is."""
    where = f"in {path}" if path is not None else "above"
    entries = totals.estimated + totals.rejected
    words = f"Rejected: {totals.rejected:,} of {entries:,} entries, with line and reason {where}"
    console.print(Text(words), soft_wrap=True)
