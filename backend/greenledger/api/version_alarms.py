"""Alarms before a vendor retires the API version that an adapter speaks: in the log daily, and in /health."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import structlog

from greenledger.offsets.versions import Versioned

log = structlog.get_logger(__name__)

DAY_S = 86_400.0


@dataclass
class VersionAlarms:
    """The alarms as they were found last; asked for once a day, not with every look at /health."""

    markets: Iterable[Versioned]
    clock: Callable[[], float] = time.time
    found: tuple[str, ...] = field(default=())

    async def look(self) -> tuple[str, ...]:
        """Asks every adapter, logs what has to be done, and keeps it for /health."""
        answers = await asyncio.gather(*(market.check_version(self.clock()) for market in self.markets))
        self.found = tuple(alarm for alarm in answers if alarm is not None)
        for alarm in self.found:
            log.warning("market version ends", alarm=alarm)
        return self.found

    async def run(self) -> None:
        """Looks once a day until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(DAY_S)

    async def health(self) -> str | None:
        """What stands now, for /health, with what headers have said since the last look; None if nothing."""
        now = self.clock()
        standing = [alarm for market in self.markets if (alarm := market.version.alarm(now)) is not None]
        return "; ".join(standing) or None
