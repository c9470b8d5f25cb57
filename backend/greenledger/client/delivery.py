"""Sending what the spool holds: each event is stored, refused for good, or kept for the next time."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from greenledger.client.connection import Connection
from greenledger.client.effects import Flow
from greenledger.client.errors import ClientError, Conflict, Invalid
from greenledger.client.spool import Event, Spool
from greenledger.client.work import submit

FOR_GOOD = (Invalid, Conflict)

log = logging.getLogger("greenledger")


@dataclass(frozen=True, slots=True)
class Flushed:
    """`sent` are stored now, `refused` never will be (see refused.jsonl), `waiting` were kept for `reason`.

    `busy`: another process is sending from this spool.
    """

    sent: int = 0
    refused: int = 0
    waiting: int = 0
    reason: str | None = None
    busy: bool = False


def deliver(connection: Connection, spool: Spool, event: Event) -> Flow[None]:
    """States one event. Raises ClientError; what is refused for good (FOR_GOOD) is set apart before.

    Raises OSError as the disk does.
    """
    try:
        yield from submit(connection, event.workload, event.event_id)
    except FOR_GOOD as error:
        log.warning("unsent work %s is refused for good: %s", event.event_id, error)
        spool.refuse(event, str(error))
        raise


def flush(connection: Connection, spool: Spool, within_s: float | None = None) -> Flow[Flushed]:
    """Sends all that waits, oldest first, and stops at the first failure that may pass.

    No event is begun after `within_s` seconds. Raises OSError as the disk does.
    """
    until = None if within_s is None else time.monotonic() + within_s
    sent = refused = waiting = 0
    reason: str | None = None
    with spool.sending() as files:
        if files is None:
            return Flushed(busy=True)
        for file, events in files:
            rest: list[Event] = []
            for event in events:
                if reason is None and until is not None and time.monotonic() >= until:
                    reason = "there was no more time for it"
                if reason is not None:
                    rest.append(event)
                    continue
                try:
                    yield from deliver(connection, spool, event)
                    sent += 1
                except FOR_GOOD:
                    refused += 1
                except ClientError as error:
                    reason = str(error)
                    rest.append(event)
            waiting += len(rest)
            spool.keep(file, rest)
    return Flushed(sent, refused, waiting, reason)
