"""How far a series was counted: what a reading adds to what is known of its series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from greenledger.footprint.fields import FieldError
from greenledger.telemetry.points import Reading

# By token type and start (`input@1700000000000000000`): the time of the last point in Unix nanoseconds and
# the tokens up to then, as decimal strings. A process that starts anew counts from 0 under another start, and
# several that cannot be told apart by their resource still count apart, by their starts.
Counted = Mapping[str, Sequence[str]]
MOST_STARTS = 256
OVER_NS = 24 * 3600 * 1_000_000_000  # a start is over when its last point is so much older than the newest


@dataclass(frozen=True, slots=True)
class Step:
    """Tokens by type that were used since `since_ns`, and how far the series is counted with them."""

    tokens: dict[str, int]
    since_ns: int  # Unix nanoseconds, 0 if unknown
    counted: dict[str, Sequence[str]]


def step_of(reading: Reading, counted: Counted) -> Step | FieldError:
    """What a reading adds. Points that come again or too late add nothing, since later ones hold them.

    A sum that falls is a new count where the start is unknown; with the same start as before it is an error.
    """
    if not reading.is_cumulative:
        since_ns = min(found.start_ns for found in reading.sums.values())
        return Step({name: found.tokens for name, found in reading.sums.items()}, since_ns, {})
    tokens: dict[str, int] = {}
    begins: list[int] = []
    updated = dict(counted)
    for token_type, (start_ns, total) in reading.sums.items():
        key = f"{token_type}@{start_ns}"
        last_ns, last = map(int, counted.get(key, ("0", "0")))
        if reading.time_ns <= last_ns:
            continue
        if total < last and start_ns:
            problem = "is less than before, with the same start_time_unix_nano"
            return FieldError("sum", problem, "a sum that only grows, or a new start")
        tokens[token_type] = total if total < last else total - last
        begins.append(last_ns or start_ns)
        updated[key] = (str(reading.time_ns), str(total))
    kept = _without_those_over(updated)
    if len(kept) > MOST_STARTS:
        problem = f"more than {MOST_STARTS} processes send this series"
        return FieldError("resource", problem, "a service.instance.id of its own for each process")
    return Step(tokens, min(begins, default=0), kept)


def _without_those_over(counted: dict[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Takes away the starts of processes that have long ended, where there are many."""
    if len(counted) <= MOST_STARTS:
        return counted
    newest = max(int(time_ns) for time_ns, _ in counted.values())
    return {key: last for key, last in counted.items() if int(last[0]) > newest - OVER_NS}
