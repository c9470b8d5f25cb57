"""Timing one act: warmed up, repeated, the median with the least and the most, and by processor time.

The standard library only: the peers' environment runs this file too, so that all are timed alike.
"""

from __future__ import annotations

import math
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import NamedTuple

REPETITIONS = 7
LEAST_S = 0.3  # of one repetition, so that a clock tick or one interruption does not decide it


class Seconds(NamedTuple):
    """What one call took: on the clock, and of the processor alone."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: `unit` is "per s" (more is better) or "s" (less is better).

    `median`, `least` and `most` are by the clock. `cpu` is the median by processor time, which other work on
    the machine disturbs less: nearly what the clock would show if there were none.
    """

    what: str
    unit: str
    median: float
    least: float
    most: float
    cpu: float

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def seconds_of(act: Callable[[], object]) -> Seconds:
    """What one call takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return Seconds(time.perf_counter() - wall, time.process_time() - cpu)


async def timed_once(act: Callable[[], Awaitable[object]]) -> Seconds:
    """What one call takes that waits for others; their processor time is not in it."""
    wall, cpu = time.perf_counter(), time.process_time()
    await act()
    return Seconds(time.perf_counter() - wall, time.process_time() - cpu)


def duration_of(what: str, samples: list[Seconds]) -> Figure:
    """The samples as seconds."""
    walls = [sample.wall for sample in samples]
    cpu = median(sample.cpu for sample in samples)
    return Figure(what, "s", median(walls), min(walls), max(walls), cpu)


def rate_of(what: str, units: int, samples: list[Seconds]) -> Figure:
    """The samples, of `units` each, as units per second."""
    walls = [units / sample.wall for sample in samples]
    cpu = median(units / sample.cpu for sample in samples)
    return Figure(what, "per s", median(walls), min(walls), max(walls), cpu)


def rate(
    what: str,
    act: Callable[[], object],
    units: int,
    *,
    repetitions: int = REPETITIONS,
    least_s: float = LEAST_S,
) -> Figure:
    """Units per second of an act that does `units` of them in a call. The first call warms up, uncounted."""
    act()
    calls = max(1, math.ceil(least_s / max(seconds_of(act).wall, 1e-9)))

    def repetition() -> None:
        for _ in range(calls):
            act()

    return rate_of(what, units * calls, [seconds_of(repetition) for _ in range(repetitions)])


def duration(what: str, act: Callable[[], object], *, repetitions: int) -> Figure:
    """Seconds of one call. The first call warms up, uncounted."""
    act()
    return duration_of(what, [seconds_of(act) for _ in range(repetitions)])
