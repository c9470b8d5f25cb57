"""CodeCarbon's emissions.csv, one workload for each run. As its sources 2.1.4, 2.3.5, 2.8.4 and 3.3.2 say:

- `energy_consumed` (kWh) is the sum of GPU, CPU and RAM since the run began, by device counters where there
  are any, else by constants. Board, fans, network and losses of the power supply are not in it. It is stated
  with scope `device`, so the model adds its host overhead: see docs/adr/0012-codecarbon-scope.md.
- Since 2.3 it is multiplied by `pue` already. A `pue` above 1 is divided out again and stated as the
  workload's own; 1 is what CodeCarbon writes when nobody knew, so the model's default for the place is used.
  Likewise `wue` (L/kWh, since 3.x) is stated when it is above 0.
- Every `flush` appends another row with the totals so far, under the same `run_id`. The last row of a run is
  taken; the earlier ones are rejected and name it. Totals never fall: a row that says less is refused.
- `timestamp` is the local time of the machine when the row was written, without its offset from UTC: see
  `CodeCarbonOptions`. The work began `duration` before, rounded up to whole seconds.
- Without any answer about its whereabouts CodeCarbon writes Quebec, Canada; such rows have no place.

Other columns are not read. A file of single tasks (`task_name`) is refused: each of its rows is a part of a
run that stands in emissions.csv as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from greenledger.footprint.factors import FactorSet, load_factor_set
from greenledger.footprint.fields import FieldError
from greenledger.footprint.workload import Kind
from greenledger.intake.codecarbon_numbers import begun_s, energy_uwh, ratio_millionths, written_s
from greenledger.intake.codecarbon_place import place_of
from greenledger.intake.csv_rows import Row, read_rows
from greenledger.intake.entries import Rejected, Stated, rejections
from greenledger.intake.formats import CODECARBON_MARKS

LONGEST_NAME = 100  # characters of a workload's name

_NEEDED = ("timestamp", *sorted(CODECARBON_MARKS - {"emissions"}))


@dataclass(frozen=True, slots=True)
class CodeCarbonOptions:
    """What an emissions.csv does not say.

    `utc_offset_s` is what the machine's clock was ahead of UTC, in seconds. `place` is a workload's place for
    all rows, instead of what CodeCarbon found. `scope` is the measurement scope, device or node.
    """

    kind: Kind = Kind.TRAINING
    utc_offset_s: int = 0
    scope: str = "device"
    place: Mapping[str, str] | None = None


class _Wrong(ValueError):
    """Columns that cannot be understood."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__("; ".join(error.problem for error in errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class _Latest:
    """The last row of a run so far."""

    stated: Stated
    energy_uwh: int  # as counted, PUE included


def _name(cells: Mapping[str, str]) -> str:
    """Project and run, or the run alone where both are too long: alike runs must differ in name."""
    project, run = cells.get("project_name", ""), cells["run_id"]
    both = f"{project}/{run}" if project else run
    return both if len(both) <= LONGEST_NAME else run


def _workload(
    cells: Mapping[str, str], options: CodeCarbonOptions, factors: FactorSet
) -> tuple[dict[str, object], int]:
    """The workload and the energy as counted, in uWh. Raises _Wrong with every column that is wrong."""
    errors: list[FieldError] = []
    pue_ppm = ratio_millionths(cells, "pue", 1, errors)
    wue = ratio_millionths(cells, "wue", 0, errors)
    counted = energy_uwh(cells, None, errors)
    end = written_s(cells, options.utc_offset_s, errors)
    start = begun_s(cells, end, errors)
    place = dict(options.place) if options.place else place_of(cells, factors, errors)
    if not cells["run_id"]:
        errors.append(FieldError("run_id", "is empty", "the id that CodeCarbon gave the run"))
    if errors:
        raise _Wrong(tuple(errors))
    workload: dict[str, object] = {
        "kind": str(options.kind),
        "name": _name(cells),
        "start": start,
        "end": end,
        "place": place,
        "measured_uwh": energy_uwh(cells, pue_ppm, errors) if pue_ppm else counted,
        "measurement_scope": options.scope,
        **({"pue_ppm": pue_ppm} if pue_ppm else {}),
        **({"wue_ul_per_kwh": wue} if wue else {}),
    }
    return workload, counted


def _taken(
    row: Row, columns: list[str], options: CodeCarbonOptions, factors: FactorSet
) -> tuple[str, _Latest] | tuple[Rejected, ...]:
    cells = dict(zip(columns, row.cells, strict=True))
    try:
        workload, counted = _workload(cells, options, factors)
    except _Wrong as wrong:
        return rejections(row.line, row.entry, wrong.errors)
    return cells["run_id"], _Latest(Stated(row.line, workload, row.entry), counted)


def _replaced(earlier: _Latest, later: _Latest) -> tuple[_Latest, Rejected]:
    """Which of two rows of a run stays, and the rejection of the other one."""
    gone, stays = earlier.stated, later.stated
    if later.energy_uwh < earlier.energy_uwh:
        problem = f"is less than in line {gone.line} of the same run"
        expected = "totals, which never fall, in the order they were written"
        return earlier, Rejected(stays.line, "energy_consumed", problem, expected, stays.entry)
    problem = f"is the same as in line {stays.line}, which holds the later total"
    return later, Rejected(
        gone.line, "run_id", problem, "one row for each run: the last is taken", gone.entry
    )


def _wrong_header(header: Row) -> Iterator[Rejected]:
    if "task_name" in header.cells:
        reason = "the file holds single tasks of a run; no row of it was read"
        yield Rejected(header.line, "task_name", reason, "emissions.csv, where each run stands as a whole", 0)
    for name in _NEEDED:
        if header.cells.count(name) != 1:
            times = "missing" if name not in header.cells else "there twice"
            reason = f"the column is {times}; no row of the file was read"
            yield Rejected(header.line, name, reason, "the columns that CodeCarbon 2.x or 3.x writes", 0)


def read_codecarbon(
    stream: BinaryIO, options: CodeCarbonOptions, factors: FactorSet | None = None
) -> Iterator[Stated | Rejected]:
    """See `read_entries` and the docstring of this module. Rejections come as they are met; the workloads,
    which are all kept until then, at the end in the order of their lines.
    """
    known = factors or load_factor_set()
    rows = read_rows(stream)
    header = next(rows, None)
    if header is None:
        yield Rejected(1, "", "is empty", "the emissions.csv that CodeCarbon writes", 0)
        return
    if isinstance(header, Rejected):
        yield header
        return
    if wrong := list(_wrong_header(header)):
        yield from wrong
        return
    latest: dict[str, _Latest] = {}
    for row in rows:
        if isinstance(row, Rejected):
            yield row
            continue
        taken = _taken(row, header.cells, options, known)
        if isinstance(taken[0], Rejected):
            yield from taken
            continue
        run, later = taken
        if run in latest:
            later, rejected = _replaced(latest[run], later)
            yield rejected
        latest[run] = later
    for kept in sorted(latest.values(), key=lambda kept: kept.stated.entry):
        yield kept.stated
