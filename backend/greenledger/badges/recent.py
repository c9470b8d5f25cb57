"""Answers that were read a moment ago."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

SECONDS = 60.0
MOST = 1_000
"""So many answers are kept; the one asked for longest ago goes first."""


@dataclass
class Recent(Generic[T]):
    """Keeps each answer for a minute, so that a badge in a busy README does not ask the chain each time."""

    clock: Callable[[], float] = time.monotonic
    most: int = MOST
    _kept: OrderedDict[str, tuple[float, T]] = field(default_factory=OrderedDict)

    async def get(self, key: str, read: Callable[[], Awaitable[T]]) -> T:
        """The answer of `read`, or the kept one of this key; what `read` raises is raised and not kept."""
        kept = self._kept.get(key)
        if kept is not None and self.clock() - kept[0] < SECONDS:
            self._kept.move_to_end(key)
            return kept[1]
        answer = await read()
        self._kept[key] = (self.clock(), answer)
        self._kept.move_to_end(key)
        while len(self._kept) > self.most:
            self._kept.popitem(last=False)
        return answer
