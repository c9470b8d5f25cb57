"""Liveness asks nobody, readiness names what is down and since when, and a draining process says so."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from deployed import Deployed
from nodes import Running, node_settings, running, until

from greenledger.api.health_checks import HealthBook


async def test_live__chain_and_database_away__answers_all_the_same(
    deployed: Deployed, tmp_path: Path
) -> None:
    away = {"rpc_url": "http://127.0.0.1:9", "council_peers": ("http://127.0.0.1:9",)}
    async with running(node_settings(deployed, f"sqlite+aiosqlite:///{tmp_path}/none/x", **away)) as node:
        live = await node.client.get("/health/live")
        ready = await node.client.get("/health/ready")
    assert (live.status_code, live.json()) == (200, {"status": "live"})
    assert (ready.status_code, ready.json()["status"]) == (503, "unavailable")
    wrong = {name for name, check in ready.json()["checks"].items() if not check["ok"]}
    assert wrong == {"database", "chain", "peers"}


async def test_ready__everything_up__names_each_dependency_with_state_and_since_when(
    gateway: Running,
) -> None:
    before = int(time.time())
    response = await gateway.client.get("/health/ready")
    assert (response.status_code, response.json()["status"]) == (200, "ok")
    checks = response.json()["checks"]
    assert {"database", "chain", "peers"} <= set(checks)
    assert all(check["ok"] and before <= check["since"] <= time.time() for check in checks.values())


async def test_health_book__state_that_stays__keeps_its_time_and_one_that_changes_does_not() -> None:
    found: list[str | None] = [None]
    asked = []

    async def database() -> str | None:
        asked.append(1)
        return found[-1]

    book = HealthBook()
    first = (await book.read({"database": database}))["database"]
    book.seen = {"database": first.model_copy(update={"since": 1000})}  # as if it had been seen long ago
    assert (await book.read({"database": database}))["database"].since == 1000
    assert asked == [1]  # asked once for all who want to know at about the same time
    book._asked_at = 0.0
    assert (await book.read({"database": database}))["database"].since == 1000
    found.append("no answer")
    book._asked_at = 0.0
    changed = (await book.read({"database": database}))["database"]
    assert (changed.ok, changed.detail) == (False, "no answer") and changed.since > 1000
    assert asked == [1, 1, 1]


@pytest.fixture
def told() -> Iterator[list[int]]:
    """Signals that the server's own handler was told of; here the server is this list."""
    signals: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _frame: signals.append(number))
    yield signals
    signal.signal(signal.SIGTERM, before)


async def test_sigterm__time_to_drain__is_not_ready_and_serves_until_a_second_one(
    deployed: Deployed, database_url: str, told: list[int]
) -> None:
    async with running(node_settings(deployed, database_url, drain_seconds=300)) as node:
        assert (await node.client.get("/health/ready")).status_code == 200
        os.kill(os.getpid(), signal.SIGTERM)
        draining = await node.client.get("/health/ready")
        live = await node.client.get("/health/live")
        served = await node.client.get("/v1/catalogue")
        assert told == []
        os.kill(os.getpid(), signal.SIGTERM)
        await until(lambda: told == [signal.SIGTERM])
    assert (draining.status_code, draining.json()["status"]) == (503, "draining")
    assert (live.status_code, served.status_code) == (200, 200)


async def test_sigterm__no_time_to_drain__reaches_the_server_by_itself(
    deployed: Deployed, database_url: str, told: list[int]
) -> None:
    async with running(node_settings(deployed, database_url)):
        os.kill(os.getpid(), signal.SIGTERM)
        await until(lambda: told == [signal.SIGTERM])
    os.kill(os.getpid(), signal.SIGTERM)  # the handler from before is back
    await until(lambda: told == [signal.SIGTERM] * 2)


async def test_sigterm__nobody_handles_it__is_left_as_it_was(deployed: Deployed, database_url: str) -> None:
    before = signal.getsignal(signal.SIGTERM)
    async with running(node_settings(deployed, database_url)):
        assert signal.getsignal(signal.SIGTERM) is before
