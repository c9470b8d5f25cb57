"""Markets for the tests of offsets: the real sandbox server, and one that answers from a script."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from deployed import Deployed
from nodes import new_person
from order_bench import OrderBench, order_bench
from pydantic import SecretStr
from sandbox_server import KEY, SandboxServer
from scripted_server import ScriptedServer

from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.carbonmark.http import CarbonmarkHttp


@pytest.fixture(scope="session")
def sandbox_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    with SandboxServer(tmp_path_factory.mktemp("market")) as server:
        yield server


@pytest.fixture
def sandbox(sandbox_process: SandboxServer, tmp_path: Path) -> SandboxServer:
    """The sandbox market without orders and faults."""
    sandbox_process.start_over(tmp_path)
    return sandbox_process


@pytest.fixture
async def bench(
    deployed: Deployed, sandbox: SandboxServer, database_url: str, client: httpx.AsyncClient
) -> AsyncIterator[OrderBench]:
    async with order_bench(new_person().address, deployed, sandbox, database_url, client) as opened:
        yield opened


@pytest.fixture(scope="session")
def script_player() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def scripted(script_player: ScriptedServer) -> ScriptedServer:
    """The scripted server with an empty script."""
    script_player.forget()
    return script_player


@pytest.fixture(scope="session")
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as http:
        yield http


@pytest.fixture
def market(sandbox: SandboxServer, client: httpx.AsyncClient) -> Carbonmark:
    return Carbonmark(CarbonmarkHttp(client, sandbox.url, SecretStr(KEY), limit_s=5))


@pytest.fixture
def odd_market(scripted: ScriptedServer, client: httpx.AsyncClient) -> Carbonmark:
    """The adapter against the scripted server."""
    return Carbonmark(CarbonmarkHttp(client, scripted.url, SecretStr(KEY), limit_s=5))
