"""Running the rules of the model over what a file states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import InvalidWorkload
from greenledger.footprint.parsing import parse_workload
from greenledger.intake.entries import Accepted, Rejected, Stated, rejections


def check_entries(
    entries: Iterable[Stated | Rejected], factors: FactorSet | None = None, over_at: int | None = None
) -> Iterator[Accepted | Rejected]:
    """Each entry as a workload, or one rejection for each wrong field, in the order of `entries`.

    `factors` and `over_at` (Unix seconds: the work has to be over by then) are those of `parse_workload`.
    """
    for entry in entries:
        if isinstance(entry, Rejected):
            yield entry
            continue
        try:
            yield Accepted(entry.line, parse_workload(entry.workload, factors, over_at=over_at), entry.entry)
        except InvalidWorkload as invalid:
            yield from rejections(entry.line, entry.entry, invalid.errors)
