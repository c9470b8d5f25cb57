"""From a finished piece of work to the gateway, by way of the disk: nothing that was measured is lost."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from greenledger.client import sync
from greenledger.client.delivery import flush
from greenledger.client.errors import Unreachable
from greenledger.client.retrying import Retries
from greenledger.client.spool import Event, SpoolFull
from greenledger.client.work import submit

if TYPE_CHECKING:
    from greenledger.client.client import Client

log = logging.getLogger("greenledger")

# The work is over and its process wants to end: what does not go at once goes with the next run.
AT_ONCE = Retries(attempts=2, first_s=0.5, longest_s=1.0, patience_s=2.0)
TIMEOUT_S = 5.0


def hand_over(client: Client | None, workload: Mapping[str, Any], event_id: str, *, strict: bool) -> None:
    """Spools an event and sends what waits. Where the disk takes nothing it is sent without.

    Raises NotConfigured without a gateway; with `strict` also Unreachable or Refused if it could not be sent,
    though it is kept.
    """
    if client is None:
        from greenledger.client.client import Client

        with Client() as own:
            hand_over(own, workload, event_id, strict=strict)
        return
    connection = replace(client.connection, retries=AT_ONCE, timeout_s=TIMEOUT_S)
    event = Event(event_id, workload)
    with sync.new_http() as http:
        try:
            client.spool.add(event)
        except (OSError, SpoolFull) as error:
            log.warning("work cannot be kept on disk (%s): it is sent at once or lost", error)
            sync.run(submit(connection, workload, event_id), http)
            return
        done = sync.run(flush(connection, client.spool), http)
    if done.reason is not None:
        log.warning("%d pieces of work are kept and sent later: %s", done.waiting, done.reason)
        if strict:
            raise Unreachable(done.reason)
