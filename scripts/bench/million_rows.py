"""The work of a batch of a million: real rows, stated through the path that every client's work takes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from greenledger.footprint.factors import load_factor_set
from greenledger.reports.ingestion import Fate, StatedEvent, state_events
from greenledger.usage.database import Database
from scripts.bench.workloads import SEED

AT_ONCE = 10_000
FROM = 1_735_689_600  # 2025-01-01
HOUR_S = 3_600
YEAR_H = 8_760
MODELS = ("llama-3.1-8b", "llama-3.1-70b", "qwen2.5-72b")
PLACES = ({"country": "FR"}, {"country": "DE"}, {"country": "US", "state": "VA"}, {"country": "SE"})

Progress = Callable[[int], None]


def works(count: int) -> Iterator[StatedEvent]:
    """An hour of one client's inference each: the same models and places again and again, tokens never."""
    chance = random.Random(SEED)
    for number in range(count):
        start = FROM + HOUR_S * (number % YEAR_H)
        work: dict[str, Any] = {
            "kind": "inference",
            "name": f"client {number // YEAR_H}",
            "start": str(start),
            "end": str(start + HOUR_S),
            "model": chance.choice(MODELS),
            "place": chance.choice(PLACES),
            "requests": str(chance.randint(1, 10_000)),
            "input_tokens": str(chance.randint(50, 20_000)),
            "output_tokens": str(chance.randint(20, 4_000)),
        }
        yield StatedEvent(f"hour/{number:07}", work)


async def state_all(url: str, account: str, count: int, progress: Progress) -> None:
    """States them. Raises RuntimeError if one is refused or was there already."""
    database, factors = Database(url), load_factor_set()
    pending, done = works(count), 0
    try:
        while done < count:
            some = list(islice(pending, AT_ONCE))
            outcomes = await state_events(database, account, some, factors, int(time.time()))
            wrong = next((one for one in outcomes if one.fate is not Fate.ACCEPTED), None)
            if wrong is not None:
                raise RuntimeError(f"{wrong.event_id} was {wrong.fate}: {wrong.errors}, expected accepted")
            done += len(some)
            progress(done)
    finally:
        await database.close()
