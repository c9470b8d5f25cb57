"""Offers under a slow or broken market: readers share one reading, and none waits or fails for long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from order_bench import Clock
from replies import price
from scripted_server import Answer, ScriptedServer, as_json

from greenledger.offsets import offers
from greenledger.offsets.carbonmark import adapter
from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.errors import MarketUnavailable
from greenledger.offsets.offers import FAILURE_KEPT_S, FRESH_S, STALE_S, SharedOffers

SLOW = Answer(b"[]", delay_s=1.5)
BROKEN = as_json({}, 501)  # not worth a second try


@pytest.fixture
def clock() -> Clock:
    return Clock(1000.0)


@pytest.fixture
async def market(odd_market: Carbonmark, scripted: ScriptedServer, clock: Clock) -> AsyncIterator[Carbonmark]:
    """The adapter at the scripted server, with one offer and the age of offers in the test's hand."""
    scripted.will("GET /prices", as_json([price()]))
    scripted.will("GET /carbonProjects", as_json({"items": []}))
    odd_market._offers = SharedOffers(odd_market.name, odd_market._read_offers, clock)
    yield odd_market
    await odd_market.aclose()


async def test_offers__market_slow_for_four_readers__all_fail_at_the_deadline_and_name_the_market(
    market: Carbonmark, scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offers, "READ_LIMIT_S", 0.3)
    scripted.will("GET /prices", SLOW)
    started = time.monotonic()
    results = await asyncio.gather(*(market.projects() for _ in range(4)), return_exceptions=True)
    assert time.monotonic() - started < 1.0
    for result in results:
        assert isinstance(result, MarketUnavailable)
        assert str(result) == "carbonmark: the offers took longer than 0.3 s"
    assert scripted.count("GET /prices") == 1


async def test_offers__slow_but_in_time_for_four_readers__are_read_once(
    market: Carbonmark, scripted: ScriptedServer
) -> None:
    scripted.will("GET /prices", Answer(as_json([price()]).body, delay_s=0.2))
    results = await asyncio.gather(*(market.projects() for _ in range(4)))
    assert [len(result) for result in results] == [1, 1, 1, 1]
    assert scripted.count("GET /prices") == 1


async def test_offers__first_reader_gives_up__the_others_still_get_them(
    market: Carbonmark, scripted: ScriptedServer
) -> None:
    scripted.will("GET /prices", Answer(as_json([price()]).body, delay_s=0.3))
    first = asyncio.create_task(market.projects())
    second = asyncio.create_task(market.projects())
    await asyncio.sleep(0.1)
    first.cancel()
    assert len(await second) == 1
    assert first.cancelled() and scripted.count("GET /prices") == 1


async def test_offers__after_a_failure__are_asked_for_again_only_after_a_while(
    market: Carbonmark, scripted: ScriptedServer, clock: Clock
) -> None:
    scripted.will("GET /prices", BROKEN)
    for _ in range(3):
        with pytest.raises(MarketUnavailable, match="HTTP 501"):
            await market.projects()
    assert scripted.count("GET /prices") == 1
    scripted.will("GET /prices", as_json([price()]))
    clock.now += FAILURE_KEPT_S
    assert len(await market.projects()) == 1


async def test_offers__market_breaks__older_ones_are_served_for_a_minute_and_no_longer(
    market: Carbonmark, scripted: ScriptedServer, clock: Clock
) -> None:
    known = await market.projects()
    scripted.will("GET /prices", BROKEN)
    for age_s in (FRESH_S, STALE_S - 1):
        clock.now = 1000.0 + age_s
        assert await market.projects() == known
    assert scripted.count("GET /prices") == 3
    clock.now = 1000.0 + STALE_S
    with pytest.raises(MarketUnavailable, match="HTTP 501"):
        await market.projects()


async def test_offers__older_than_fresh__are_read_again(
    market: Carbonmark, scripted: ScriptedServer, clock: Clock
) -> None:
    await market.projects()
    scripted.will("GET /prices", as_json([price(), price(sourceId="another")]))
    clock.now += FRESH_S - 1
    assert len(await market.projects()) == 1
    clock.now += 1
    assert len(await market.projects()) == 2


async def test_offers__closed_while_being_read__leave_nothing_running(
    market: Carbonmark, scripted: ScriptedServer
) -> None:
    scripted.will("GET /prices", SLOW)
    reader = asyncio.create_task(market.projects())
    await asyncio.sleep(0.1)
    await market.aclose()
    with pytest.raises(asyncio.CancelledError):
        await reader
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "offers of carbonmark"]


async def test_quote__market_slow__fails_at_the_deadline_and_names_the_market(
    market: Carbonmark, scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapter, "QUOTE_LIMIT_S", 0.3)
    scripted.will("POST /quotes", SLOW)
    with pytest.raises(MarketUnavailable, match="carbonmark: the quote took longer"):
        await market.quote("listing-8453-0x01", 10**12)
