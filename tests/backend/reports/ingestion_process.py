"""One of several processes that state the same events: each in an order of its own, in small calls."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time

from stated_events import MINE, an_event

from greenledger.footprint.factors import load_factor_set
from greenledger.reports.ingestion import state_events
from greenledger.usage.database import Database


async def work(url: str, seed: int, count: int) -> None:
    database, factors = Database(url), load_factor_set()
    events = [an_event(number) for number in range(count)]
    random.Random(seed).shuffle(events)
    said: list[tuple[str, str, str | None]] = []
    for first in range(0, count, 25):
        part = events[first : first + 25]
        outcomes = await state_events(database, MINE, part, factors, int(time.time()))
        said += [(outcome.event_id, outcome.fate.value, outcome.workload_id) for outcome in outcomes]
    await database.close()
    sys.stdout.write(json.dumps(said))


asyncio.run(work(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
