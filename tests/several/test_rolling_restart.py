"""Gateways that are restarted or killed while clients ask: nothing that was promised is lost or doubled."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

from gateways import Gateway
from load import Noted, under_load
from several_stage import Several
from stored import read_stored

# A server that ends by a signal as it should says so, or says that it ended well.
ENDED_WELL = {0, -signal.SIGTERM}
BETWEEN_S = 1.5


async def test_rolling_restart__under_load__loses_nothing_that_was_acknowledged(
    several: Several, figures: dict[str, Any]
) -> None:
    readiness: list[tuple[int | None, int | None]] = []
    async with under_load(several.origin, "rolling") as noted:
        await asyncio.sleep(BETWEEN_S)
        for gateway in several.gateways:
            readiness.append(await _restarted(gateway))
            await asyncio.sleep(BETWEEN_S)
    figures["rolling_restart"] = counted = await _counted(several, noted)
    # Not ready from the signal on, alive until the proxies may know, and then gone.
    assert readiness == [(503, 200)] * 2
    assert (counted["lost"], counted["doubled"]) == (0, 0), counted
    # nginx asks the other gateway again for what may be asked twice.
    assert {sort: noted.errors_of(sort) for sort in ("keyed", "reads", "estimates")} == {
        "keyed": 0,
        "reads": 0,
        "estimates": 0,
    }, counted
    assert counted["acknowledged_workloads"] > 50, counted


async def test_kill__of_one_gateway_under_load__loses_nothing_that_was_acknowledged(
    several: Several, figures: dict[str, Any]
) -> None:
    first, _ = several.gateways
    async with under_load(several.origin, "kill") as noted:
        await asyncio.sleep(BETWEEN_S)
        first.signal(signal.SIGKILL)
        assert await asyncio.to_thread(first.wait_ended) == -signal.SIGKILL
        await asyncio.sleep(BETWEEN_S)
        first.start()
        await asyncio.to_thread(first.wait_ready)
        await asyncio.sleep(BETWEEN_S)
    figures["kill"] = counted = await _counted(several, noted)
    assert (counted["lost"], counted["doubled"]) == (0, 0), counted
    assert {sort: noted.errors_of(sort) for sort in ("keyed", "reads", "estimates")} == {
        "keyed": 0,
        "reads": 0,
        "estimates": 0,
    }, counted
    assert counted["acknowledged_workloads"] > 50, counted


async def _restarted(gateway: Gateway) -> tuple[int | None, int | None]:
    """Statuses of readiness and liveness while it drains."""
    gateway.signal(signal.SIGTERM)
    ready = 200
    while ready == 200:
        ready = await asyncio.to_thread(gateway.ready_status)
    live = await asyncio.to_thread(gateway.status, "/health/live")
    assert await asyncio.to_thread(gateway.wait_ended) in ENDED_WELL
    gateway.start()
    await asyncio.to_thread(gateway.wait_ready)
    return ready, live


async def _counted(several: Several, noted: Noted) -> dict[str, Any]:
    stored = await read_stored(several.database_url, {account for account, _, _ in noted.acknowledged})
    return noted.as_json() | {
        "lost": len(stored.lost(noted.acknowledged)),
        "doubled": len(stored.doubled()),
    }
