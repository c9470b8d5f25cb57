"""`greenledger estimate`: one workload, or a file of many."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from greenledger.cli.answers import NOT_POSSIBLE, SOME_REJECTED, AsJson, fail, fail_fields
from greenledger.cli.batch import Estimated, estimated
from greenledger.cli.codecarbon_options import Kinds, Place, Scope, Scopes, UtcOffset, codecarbon_options
from greenledger.cli.documents import CannotOpen, Source, opened, with_head, written
from greenledger.cli.rejections import report_path
from greenledger.cli.results import Results
from greenledger.cli.shape import holds_many
from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.fields import MOST_ERRORS, FieldError
from greenledger.footprint.workload import Kind
from greenledger.intake import (
    HEAD_BYTES,
    CodeCarbonOptions,
    Format,
    Rejected,
    UnknownFormat,
    check_entries,
    format_of,
    read_entries,
)

EXIT_CODES = (
    "Exit codes: 0 all estimated, 2 nothing could be estimated, 3 some entries were rejected and the others"
    " estimated."
)


Row = Estimated | Rejected
_ROWS_PER_UPDATE = 256


class _Invalid(Exception):
    """The one workload of a file is wrong."""

    def __init__(self, rejected: list[Rejected]) -> None:
        self.errors = tuple(FieldError(row.field, row.reason, row.expected) for row in rejected)
        super().__init__()


@contextmanager
def _results(output: Path | None, report: Path | None, *, as_json: bool) -> Iterator[Results]:
    factors = load_factor_set()
    if output is None:
        yield Results(factors, sys.stdout if as_json else None, not as_json, report)
        return
    with written(output) as stream:
        yield Results(factors, stream, not as_json, report)


def _watched(rows: Iterable[Row], source: Source) -> Iterator[Row]:
    """The rows, with a bar of how much of the file was read if standard error is a terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from rows
        return
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Estimating", total=source.size_bytes)
        for count, row in enumerate(rows, start=1):
            if count % _ROWS_PER_UPDATE == 0:
                done = source.stream.tell() if source.size_bytes else count
                progress.update(task, completed=done, description=f"{count:,} entries")
            yield row


def _estimate(file: str, kind: Format | None, options: CodeCarbonOptions, results: Results) -> int:
    """Gives the exit code. Raises CannotOpen, UnknownFormat or _Invalid."""
    with opened(file) as source:
        head, stream = with_head(source.stream, HEAD_BYTES)
        form = kind or format_of(file, head)
        entries = read_entries(stream, form, results.factors, options)
        rows = estimated(check_entries(entries, results.factors), results.factors)
        if not holds_many(form, head):
            first = list(islice(rows, MOST_ERRORS))
            if all(isinstance(row, Rejected) for row in first):
                raise _Invalid([row for row in first if isinstance(row, Rejected)])
            if len(first) == 1 and isinstance(first[0], Estimated):
                results.one(first[0])
                return 0
            rows = chain(first, rows)
        totals = results.many(_watched(rows, source))
    if not totals.estimated:
        typer.echo(f"{file}: no workload in it could be estimated", err=True)
        return NOT_POSSIBLE
    return SOME_REJECTED if totals.rejected else 0


def _check_apart(file: str, *written_to: Path | None) -> None:
    """Raises CannotOpen if the input would be written over, or one output by the other."""
    paths = [path.resolve() for path in (Path(file), *written_to) if path is not None]
    if len(set(paths)) < len(paths):
        raise CannotOpen("the input, --output and --rejected: two are the same file, expected each apart")


def estimate(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="One workload (JSON or YAML), or many: a list, JSON Lines, CSV, CodeCarbon's emissions.csv."
            " - reads standard input.",
        ),
    ],
    as_json: AsJson = False,
    form: Annotated[
        Format | None,
        typer.Option("--format", help="Format of the file [default: told by its name, or by how it begins]."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", help="File for the results as JSON, instead of standard output."),
    ] = None,
    rejected: Annotated[
        Path | None,
        typer.Option(
            "--rejected",
            help="CSV file for what was rejected, with line, field, reason and what was expected"
            " [default: FILE.rejected.csv; standard error for -].",
        ),
    ] = None,
    codecarbon_kind: Kinds = Kind.TRAINING,
    codecarbon_scope: Scopes = Scope.DEVICE,
    codecarbon_utc_offset: UtcOffset = "+00:00",
    codecarbon_place: Place = None,
) -> None:
    """Estimate the footprint of one workload, or of each workload in a file.

    JSON of one workload is one document: the estimate, its methodology and its explanation. JSON of many is
    JSON Lines: one line for each estimate or rejected field, as {"line", "entry", "estimate"} or {"line",
    "entry", "rejected"}, and a last one with the totals. A list is many even with one entry.
    """
    options = codecarbon_options(codecarbon_kind, codecarbon_scope, codecarbon_utc_offset, codecarbon_place)
    report = report_path(file, rejected)
    try:
        _check_apart(file, output, report)
        with _results(output, report, as_json=as_json) as results:
            code = _estimate(file, form, options, results)
    except CannotOpen as error:
        fail(str(error), as_json=as_json)
    except UnknownFormat as error:
        fail(f"{error}, or --format", as_json=as_json)
    except _Invalid as error:
        fail_fields(error.errors, as_json=as_json)
    raise typer.Exit(code)
