"""`greenledger validate`: published runs, ours beside theirs."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from greenledger.cli.answers import DIFFERENT, AsJson, fail, say_json
from greenledger.cli.documents import CannotOpen, read_bytes
from greenledger.cli.tables import add_row, new_table
from greenledger.footprint.factors import load_factor_set
from greenledger.validation.document import difference_text, number_text
from greenledger.validation.runs import (
    MAX_BYTES,
    USES,
    InvalidRuns,
    PublishedRun,
    published_runs,
    runs_from_json,
)
from greenledger.validation.verdicts import MISS, PASS, SHOWN, Row, counts_by_use
from greenledger.validation.verdicts import validate as judge_all

EXIT_CODES = (
    "Exit codes: 0 no run missed (what is flagged is no gate), 1 a run missed, 2 the file cannot be read."
)


def _runs(file: str | None, only: str | None, *, as_json: bool) -> tuple[PublishedRun, ...]:
    if only is not None and only not in USES:
        fail(f"--only: {only!r} is not known, expected one of {', '.join(USES)}", as_json=as_json)
    try:
        runs = published_runs() if file is None else runs_from_json(read_bytes(file, MAX_BYTES))
    except (CannotOpen, InvalidRuns) as error:
        fail(f"cannot read the runs: {error}", as_json=as_json)
    chosen = tuple(run for run in runs if only in {None, run.use})
    if not chosen:
        fail(f"--only: no run of use {only}", as_json=as_json)
    return chosen


def _show(rows: tuple[Row, ...], set_id: str) -> None:
    """The table, a line for each run that has something to be said about it, and the counts."""
    console = Console()
    numbers = ("published", "ours", "low", "high", "difference")
    table = new_table(f"Published runs ({set_id})", ("run", "use", *numbers, "verdict"), numbers)
    for row in rows:
        low, central, high = ("", "", "") if row.ours is None else map(number_text, row.ours)
        published = f"{row.published:,} {row.unit}"
        add_row(table, row.id, row.use, published, central, low, high, difference_text(row), row.verdict)
    console.print(table)
    for row in rows:
        if row.note and row.verdict != PASS:
            console.print(Text(f"{row.id}: {row.note}"))
    counts = new_table("Counts", ("use", PASS, MISS, SHOWN), (PASS, MISS, SHOWN))
    for use, of_use in counts_by_use(rows).items():
        add_row(counts, use, *(str(number) for number in of_use.values()))
    console.print(counts)


def validate(
    file: Annotated[
        str | None,
        typer.Argument(metavar="[FILE|-]", help="Published runs as JSON [default: those of this version]."),
    ] = None,
    only: Annotated[
        str | None, typer.Option("--only", metavar="USE", help="Only exact, default, band or flagged runs.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Estimate published runs from their stated inputs and compare with what was printed.

    An input that is not understood is reported with its path and counts as a miss.
    """
    runs = _runs(file, only, as_json=as_json)
    factors = load_factor_set()
    rows = judge_all(runs, factors)
    if as_json:
        say_json(
            {
                "factor_set": factors.set_id,
                "counts": counts_by_use(rows),
                "rows": [row.as_json() for row in rows],
            }
        )
    else:
        _show(rows, factors.set_id)
    if not all(row.ok for row in rows):
        raise typer.Exit(DIFFERENT)
