"""One retirement at a registry without idempotency key: across kills, restarts, and two gateways at once."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from deployed import OWNER_ACCOUNT, UNIT_UG, Deployed, account
from market_clients import isometric_at
from nodes import new_person
from order_bench import Clock, OrderBench, order_bench
from sandbox_server import SandboxServer

from greenledger.offsets.isometric.adapter import LISTED_AFTER_S
from greenledger.offsets.worker import LEASE_S, OrderWorker
from greenledger.usage.database import Database

PROGRAM = Path(__file__).with_name("isometric_process.py")
LIST = "GET /isometric/registry/v0/retirements"
SOURCE, TEAM = "isometric:ctb_SANDBOX202400001", "Test team"
KG_UG = 10**9
# Of two gateways the slower one may find the order placed by the other, and take its next step.
BOUGHT = {"placed", "retired"}


@dataclass
class Registry:
    """An order for the registry, and gateways that work on it."""

    bench: OrderBench
    client: httpx.AsyncClient
    database_url: str
    order: str
    start: int

    def killed(self, place: str) -> None:
        """A gateway that dies at a place; no later one has its memory."""
        bench = self.bench
        arguments = [self.database_url, bench.sandbox.url, bench.deployed.chain.rpc_url]
        arguments += [str(bench.deployed.file), str(self.start), place]
        found_at = os.pathsep.join(filter(None, (str(PROGRAM.parents[1]), os.environ.get("PYTHONPATH"))))
        environment = os.environ | {"PYTHONPATH": found_at}
        command = [sys.executable, str(PROGRAM), *arguments]
        assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL

    async def two_at_once(self, after_s: int) -> None:
        """Two gateways that know nothing but the database do what is due so long after the order was made."""
        await asyncio.gather(*(self._one(self.start + after_s) for _ in range(2)))

    async def _one(self, now: int) -> None:
        database = Database(self.database_url)
        market = isometric_at(self.client, self.bench.sandbox.url, lambda: now)
        parts = dataclasses.replace(self.bench.parts, markets={market.name: market})
        await OrderWorker(database, parts, lambda: now).run_due()
        await database.close()

    async def state(self) -> str:
        return (await self.bench.stored(self.order)).state

    @property
    def retirements(self) -> int:
        return int(self.bench.sandbox.totals("isometric")["retirements"])


@pytest.fixture
async def registry(
    deployed: Deployed, sandbox: SandboxServer, database_url: str, client: httpx.AsyncClient
) -> AsyncIterator[Registry]:
    word, owner = b"isometric".ljust(32, b"\0"), account(OWNER_ACCOUNT)
    deployed.chain.transact(deployed.credits, "set_registry", word, True, UNIT_UG, b"\x01" * 32, sender=owner)
    start = int(time.time())
    async with order_bench(new_person().address, deployed, sandbox, database_url, client) as bench:
        clock = Clock(float(start))
        sandbox.clock(clock)
        bench.clock = clock
        bench.market = isometric_at(client, sandbox.url, clock)  # type: ignore[assignment]
        quote = await bench.offsets.request_quote(bench.account, SOURCE, 250 * KG_UG)
        order, _ = await bench.offsets.place_order(bench.account, quote.id, TEAM, "A test")
        yield Registry(bench, client, database_url, order.id, start)


async def test_place__killed_after_the_registry_retired_and_its_list_lags__is_not_asked_again(
    registry: Registry,
) -> None:
    registry.killed("place:bought")
    assert registry.retirements == 1
    registry.bench.sandbox.switch_faults({"kind": "out-of-order", "on": LIST, "times": 1000})
    await registry.two_at_once(LISTED_AFTER_S - 1)
    assert (registry.retirements, await registry.state()) == (1, "paid")
    registry.bench.sandbox.switch_faults()
    await registry.two_at_once(LISTED_AFTER_S + LEASE_S)
    assert (registry.retirements, await registry.state() in BOUGHT) == (1, True)


async def test_place__killed_before_the_registry_was_asked__is_asked_once_when_its_list_can_be_trusted(
    registry: Registry,
) -> None:
    registry.killed("place:noted")
    await registry.two_at_once(LISTED_AFTER_S - 1)
    assert (registry.retirements, await registry.state()) == (0, "paid")
    await registry.two_at_once(LISTED_AFTER_S + LEASE_S)
    assert (registry.retirements, await registry.state() in BOUGHT) == (1, True)
