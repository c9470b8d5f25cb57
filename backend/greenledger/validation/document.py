"""`docs/VALIDATION.md`, made from the runs, the model and the measurements that this version ships."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.tokens import BATCHES
from greenledger.validation import calibration, spread
from greenledger.validation.mapping import Bounds
from greenledger.validation.runs import PublishedRun, data_text
from greenledger.validation.verdicts import SHOWN, Row, counts_by_use, decimal_text, validate

DIGITS = 4


def number_text(value: Fraction) -> str:
    """Four significant digits, thousands apart."""
    text = decimal_text(value, DIGITS)
    whole, _, rest = text.partition(".")
    return f"{int(whole):,}" + (f".{rest}" if rest else "")


def difference_text(row: Row) -> str:
    """Our central value against the published one, in percent."""
    if row.difference_pct is None:
        return ""
    return f"{float(row.difference_pct):+.2f} %"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()) -> Iterator[str]:
    yield f"| {' | '.join(columns)} |"
    yield f"|{'|'.join('---:' if column in right else '---' for column in columns)}|"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
    yield ""


def _numbers(values: Bounds) -> tuple[str, str, str]:
    return number_text(values[0]), number_text(values[1]), number_text(values[2])


_BOUNDS = ("low", "central", "high")


def _runs_table(rows: Sequence[Row]) -> Iterator[str]:
    columns = ("run", "use", "unit", "published", *_BOUNDS, "difference", "verdict")
    right = ("published", *_BOUNDS, "difference")
    shown = (
        (
            f"`{row.id}`",
            row.use,
            row.unit,
            f"{row.published:,}",
            *(("", "", "") if row.ours is None else _numbers(row.ours)),
            difference_text(row),
            row.verdict,
        )
        for row in rows
    )
    yield from _table(columns, shown, right)


def _counts(rows: Sequence[Row]) -> Iterator[str]:
    counts = counts_by_use(rows).items()
    shown = ((use, *(str(number) for number in of_use.values())) for use, of_use in counts)
    yield from _table(("use", "pass", "miss", "flagged"), shown, ("pass", "miss", "flagged"))


def _flagged(rows: Sequence[Row], runs: Sequence[PublishedRun]) -> Iterator[str]:
    sources = {run.id: run.source for run in runs}
    for row in rows:
        if row.verdict == SHOWN:
            ours = "nothing to compute" if row.ours is None else f"we get {number_text(row.ours[1])}"
            printed = f"printed {row.published:,} {row.unit}, {ours}"
            yield f"- `{row.id}` ({sources[row.id]}): {printed}. {row.note}"
    yield ""


def _calibration(factors: FactorSet) -> Iterator[str]:
    disclosed = (
        (entry.name, str(entry.wh), "" if entry.low is None else f"{entry.low} to {entry.high}", entry.source)
        for entry in calibration.disclosures()
    )
    yield from _table(("disclosure", "Wh per request", "range", "source"), disclosed, ("Wh per request",))
    yield from _lines("calibration-batch")
    shown = ((request.what, *_numbers(request.wh)) for request in calibration.by_batch(factors))
    yield from _table(("100B active parameters", *_BOUNDS), shown, _BOUNDS)
    yield from _lines("calibration-constants")
    constants = (
        (f"`{row.key}`", row.unit, *(f"{value:,}" for value in row.value), row.evidence)
        for row in map(factors.row, calibration.CONSTANTS)
    )
    yield from _table(("constant", "unit", *_BOUNDS, "why"), constants, _BOUNDS)
    yield from _lines("calibration-closed")
    least, most = calibration.disclosed_range()
    closed = (
        (request.what, *_numbers(request.wh), "yes" if least <= request.wh[1] <= most else "no")
        for request in calibration.closed_models(factors)
    )
    yield from _table(("model", *_BOUNDS, f"central within {least} to {most}"), closed, _BOUNDS)
    yield from _lines("calibration-long")
    long_inputs = (
        (f"{int(tokens):,}", str(wh), *_numbers(ours), "yes" if ours[0] <= wh <= ours[2] else "no")
        for tokens, wh, ours in calibration.long_inputs(factors)
    )
    numbers = ("input tokens", "published Wh", *_BOUNDS)
    yield from _table((*numbers, "within"), long_inputs, numbers)


def _spread(factors: FactorSet) -> Iterator[str]:
    effect = (
        (f"{params // 10**9}B", *(number_text(point[1]) for point in curve), f"{float(ratio):.0f} times")
        for params, curve, ratio in spread.batch_effect(factors)
    )
    sizes = tuple(str(size) for size in BATCHES)
    yield from _table(("parameters", *sizes, "batch 1 over 128"), effect, sizes)
    yield from _lines("spread-software")
    found = spread.measured(factors)
    within = sum(item.within for item in found)
    above = sum(item.joule > item.ours[2] for item in found)
    yield f"{within} of {len(found)} measurements lie within our bounds, {above} are above them."
    yield ""
    columns = ("model", "card", "batch", "measured", *_BOUNDS, "within", "source")
    rows = (
        (
            *(item.model, item.hardware, str(item.batch), str(item.joule)),
            *_numbers(item.ours),
            "yes" if item.within else "**no**",
            item.source,
        )
        for item in found
    )
    yield from _table(columns, rows, ("batch", "measured", *_BOUNDS))
    yield from (f"- {name}: {citation}" for name, citation in spread.sources().items())
    yield ""


def _texts() -> dict[str, list[str]]:
    """The prose of the document by section: what follows a line `@name` until the next one."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in data_text("validation.md").splitlines():
        if line.startswith("@"):
            current = sections.setdefault(line[1:], [])
        else:
            current.append(line)
    return sections


def _lines(name: str) -> Iterator[str]:
    yield from _texts()[name]


def document(runs: Sequence[PublishedRun], factors: FactorSet) -> str:
    """The whole of `docs/VALIDATION.md`."""
    rows = validate(runs, factors)
    lines = [
        *_lines("head"),
        f"Factor set `{factors.set_id}`, {len(rows)} runs.",
        "",
        *_counts(rows),
        *_lines("runs"),
        *_runs_table(rows),
        *_lines("flagged"),
        *_flagged(rows, runs),
        *_lines("calibration"),
        *_calibration(factors),
        *_lines("spread"),
        *_spread(factors),
        *_lines("inputs"),
        *_lines("adding"),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"
