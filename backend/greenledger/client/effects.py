"""What the client's steps ask of the outside world, and what comes back: nothing here opens a connection.

A `Flow` is a generator that yields effects and is sent their outcomes. `sync` and `asynchronous` carry the
effects out, so that every rule of the client is written once and tested without a network.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

MAX_REPLY_BYTES = 256 * 1024 * 1024  # an evidence bundle is the largest document that is asked for


@dataclass(frozen=True, slots=True)
class Send:
    """One HTTP request. A `content` that is a path is streamed; `on_line` sees each line of the answer."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    content: bytes | Path | None = None
    timeout_s: float = 30.0
    on_line: Callable[[bytes], None] | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait so long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, whatever its status; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class NoAnswer(Exception):
    """No whole answer came. `sent` is False where the other side cannot have seen the request.

    The text names the kind of failure only: a URL can hold an access key.
    """

    def __init__(self, kind: str, *, sent: bool) -> None:
        super().__init__(kind)
        self.sent = sent


Effect = Send | Pause
Flow = Generator[Effect, Reply | None, T]


def send(request: Send) -> Flow[Reply]:
    """The answer of one request. Raises NoAnswer."""
    reply = yield request
    assert reply is not None  # what carries out a Send answers with a Reply
    return reply
