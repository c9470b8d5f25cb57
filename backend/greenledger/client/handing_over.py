"""From a finished piece of work to the gateway, by way of the disk: nothing that was measured is lost."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import httpx

from greenledger.client import settings, sync
from greenledger.client.client import Client, usual_spool
from greenledger.client.connection import Connection
from greenledger.client.delivery import FOR_GOOD, deliver, flush
from greenledger.client.errors import ClientError
from greenledger.client.retrying import NO_RETRIES, Retries
from greenledger.client.spool import Event, Spool, SpoolFull
from greenledger.client.work import submit

log = logging.getLogger("greenledger")

# The work is over and its process wants to end: what does not go at once goes with the next run.
AT_ONCE = Retries(attempts=2, first_s=0.5, longest_s=1.0, patience_s=2.0)
TIMEOUT_S = 5.0
WITHIN_S = 5.0  # after which nothing of what waited before is begun


@dataclass(frozen=True, slots=True)
class Way:
    """How work gets to its gateway."""

    connection: Connection
    spool: Spool


def way_of(client: Client | None) -> Way:
    """The client's way, else the one that environment and login say. Raises NotConfigured."""
    if client is not None:
        return Way(client.connection, client.spool)
    connection = settings.stating_connection()
    return Way(connection, usual_spool(connection))


def hand_over(way: Way, workload: Mapping[str, Any], event_id: str, *, strict: bool) -> None:
    """Spools an event, sends it, then for a few seconds what waited before it.

    Where the disk takes nothing the event is sent without. With `strict` raises the ClientError for which it
    could not be sent, though it is kept.
    """
    until = time.monotonic() + WITHIN_S
    connection = replace(way.connection, retries=AT_ONCE, timeout_s=TIMEOUT_S)
    event = Event(event_id, workload)
    with sync.new_http() as http:
        try:
            way.spool.add(event)
        except (OSError, SpoolFull) as error:
            log.warning("work cannot be kept on disk (%s): it is sent at once or lost", error)
            sync.run(submit(connection, workload, event_id), http)
            return
        failure = _send_own(Way(connection, way.spool), event, http)
        if failure is None or isinstance(failure, FOR_GOOD):
            rest = replace(connection, retries=NO_RETRIES)
            _send_rest(Way(rest, way.spool), http, until - time.monotonic())
    if failure is not None and strict:
        raise failure


def _send_own(way: Way, event: Event, http: httpx.Client) -> ClientError | None:
    """Why the event was not stated; None if it was."""
    failure: ClientError | None = None
    try:
        sync.run(deliver(way.connection, way.spool, event), http)
    except ClientError as error:
        failure = error
    if failure is not None and not isinstance(failure, FOR_GOOD):
        log.warning("%d pieces of work are kept and sent later: %s", way.spool.waiting(), failure)
        return failure
    with suppress(OSError):  # it would be sent once more, which does no harm
        way.spool.forget(event)
    return failure


def _send_rest(way: Way, http: httpx.Client, within_s: float) -> None:
    try:
        done = sync.run(flush(way.connection, way.spool, within_s), http)
    except OSError as error:
        log.warning("work that waited before cannot be sent: %s", error)
        return
    if done.reason is not None:
        log.warning("%d pieces of work are kept and sent later: %s", done.waiting, done.reason)
