"""Alarms before a vendor retires the API version that an adapter speaks: in the log daily, and in /health."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import structlog

from greenledger.offsets.versions import Versioned

log = structlog.get_logger(__name__)

DAY_S = 86_400.0


@dataclass
class VersionAlarms:
    """Alarms of all adapters; the vendors are asked once a day, not with every look at /health."""

    markets: Iterable[Versioned]
    clock: Callable[[], float] = time.time

    async def look(self) -> tuple[str, ...]:
        """Asks every adapter and logs what has to be done; an adapter keeps what it heard for /health."""
        answers = await asyncio.gather(*(market.check_version(self.clock()) for market in self.markets))
        found = tuple(alarm for alarm in answers if alarm is not None)
        for alarm in found:
            log.warning("market version ends", alarm=alarm)
        return found

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
