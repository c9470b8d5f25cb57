"""The offers last read, shared by all readers: one request to the market at a time, and none waits long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from greenledger.offsets.errors import MarketError, MarketUnavailable
from greenledger.offsets.market import Project

FRESH_S = 15.0  # offers are for looking at; a quote is what binds
STALE_S = 60.0  # older offers are better than none while the market cannot be read, but not for long
READ_LIMIT_S = 10.0  # for all requests together; well below the time limit of the API's own requests
FAILURE_KEPT_S = 5.0  # the time after which readers are told to come back

Read = Callable[[], Awaitable[tuple[Project, ...]]]


class SharedOffers:
    """Offers read with `read`. Use within one event loop."""

    def __init__(self, market: str, read: Read, clock: Callable[[], float] = time.monotonic) -> None:
        """`market` is the name that errors state; `clock` gives seconds that never go back."""
        self._market = market
        self._read = read
        self._clock = clock
        self._offers: tuple[Project, ...] = ()
        self._offers_at: float | None = None
        self._failure: MarketError | None = None
        self._failure_at = 0.0
        self._reading: asyncio.Task[None] | None = None

    async def get(self) -> tuple[Project, ...]:
        """Offers at most 15 s old, or at most 60 s old if the market cannot be read.

        Raises MarketUnavailable after 10 s at the latest, and MarketRefused.
        """
        if self._younger_than(FRESH_S):
            return self._offers
        if self._failure is None or self._clock() - self._failure_at >= FAILURE_KEPT_S:
            if self._reading is None or self._reading.done():
                self._reading = asyncio.create_task(self._refresh(), name=f"offers of {self._market}")
            # Shielded: a reader that gives up must not take the reading away from the others.
            await asyncio.shield(self._reading)
        if self._failure is None or self._younger_than(STALE_S):
            return self._offers
        # One error serves many readers: each starts with a traceback of its own.
        raise self._failure.with_traceback(None)

    def expire(self) -> None:
        """The next reader reads anew: what is offered has just been changed from here."""
        self._offers_at = None

    async def aclose(self) -> None:
        """Ends a reading that is still under way."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    async def _refresh(self) -> None:
        try:
            async with asyncio.timeout(READ_LIMIT_S):
                offers = await self._read()
        except TimeoutError:
            self._fail(MarketUnavailable(f"{self._market}: the offers took longer than {READ_LIMIT_S:g} s"))
        except MarketError as error:
            self._fail(error)
        else:
            self._offers, self._offers_at, self._failure = offers, self._clock(), None

    def _fail(self, failure: MarketError) -> None:
        self._failure, self._failure_at = failure, self._clock()

    def _younger_than(self, seconds: float) -> bool:
        return self._offers_at is not None and self._clock() - self._offers_at < seconds
