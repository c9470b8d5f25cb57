"""The body of an answer as it comes in: whole, or line by line, and never more of it than allowed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from greenledger.client.effects import NoAnswer


@dataclass(slots=True)
class Collected:
    """Without `on_line` the whole body is kept; with it each line is handed on and only a rest is kept."""

    on_line: Callable[[bytes], None] | None
    most_bytes: int
    whole_within_s: float
    _kept: bytearray = field(default_factory=bytearray)
    _began: float = field(default_factory=time.monotonic)

    def add(self, chunk: bytes) -> None:
        """Raises NoAnswer for more than `most_bytes` that are kept at once, and for a body that drips in for
        longer than `whole_within_s`; one that is read line by line may take as long as its work does.
        """
        if self.on_line is None and time.monotonic() - self._began > self.whole_within_s:
            raise NoAnswer(f"an answer that takes longer than {self.whole_within_s:.0f} s", sent=True)
        self._kept += chunk
        if len(self._kept) > self.most_bytes:
            raise NoAnswer(f"an answer of more than {self.most_bytes} bytes", sent=True)
        if self.on_line is None or b"\n" not in chunk:
            return
        *lines, rest = bytes(self._kept).split(b"\n")
        self._kept[:] = rest
        for line in lines:
            self.on_line(line)

    def end(self) -> bytes:
        """The body, or nothing after lines were handed on."""
        if self.on_line is not None and self._kept:
            self.on_line(bytes(self._kept))
            self._kept.clear()
        return bytes(self._kept)
