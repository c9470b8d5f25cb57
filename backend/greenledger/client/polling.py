"""Waiting for what goes on at the gateway: asked for again and again, ever less often."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from greenledger.client.connection import Connection
from greenledger.client.effects import Flow, Pause
from greenledger.client.errors import NotFinished

POLL_S = (0.25, 0.5, 1.0, 2.0, 5.0)

Found = TypeVar("Found")


def polled(
    connection: Connection,
    read: Callable[[], Flow[Found]],
    is_done: Callable[[Found], bool],
    unfinished: Callable[[Found], str],
    within_s: float,
) -> Flow[Found]:
    """What `read` finds once `is_done`, which may raise where that will never be.

    Raises NotFinished with the words of `unfinished` if it takes longer.
    """
    until, turn = connection.clock() + within_s, 0
    while True:
        found = yield from read()
        if is_done(found):
            return found
        if connection.clock() >= until:
            raise NotFinished(f"{unfinished(found)} after {within_s:.0f} s; it goes on")
        yield Pause(POLL_S[min(turn, len(POLL_S) - 1)])
        turn += 1
