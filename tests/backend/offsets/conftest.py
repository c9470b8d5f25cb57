"""Markets for the tests of offsets: the real sandbox server, and one that answers from a script."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from deployed import Deployed
from eth_account.signers.local import LocalAccount
from market_clients import cnaught_at, isometric_at
from nodes import Databases, Running, new_person, node_settings, running, served, sign_in
from order_bench import OrderBench, order_bench
from postgres import on_both_engines
from pydantic import SecretStr
from sandbox_server import KEY, SandboxServer
from scripted_server import ScriptedServer

from greenledger.api.app import create_app
from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.carbonmark.http import CarbonmarkHttp
from greenledger.offsets.cnaught.adapter import CNaught
from greenledger.offsets.isometric.adapter import Isometric


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_engines(metafunc)


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


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    with SandboxServer(tmp_path_factory.mktemp("shop")) as server:
        yield server


@pytest.fixture(scope="module")
def trade(shop: SandboxServer) -> dict[str, Any]:
    """Settings of a node that trades at the sandbox."""
    return {"marketplace_url": shop.url, "marketplace_key": KEY}


@pytest.fixture(scope="module")
def peers(
    deployed: Deployed,
    sqlite_databases: Databases,
    trade: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, ...]]:
    """The second and third council node, trading at the same market."""
    folder = tmp_path_factory.mktemp("trading-peers")
    with ExitStack() as stack:
        yield tuple(
            stack.enter_context(
                served(
                    create_app(
                        node_settings(
                            deployed,
                            sqlite_databases.copy(folder / f"peer-{index}.sqlite"),
                            council_key=deployed.council_keys[index],
                            **trade,
                        )
                    )
                )
            )
            for index in (1, 2)
        )


@pytest.fixture(scope="module")
async def open_node(
    deployed: Deployed,
    databases: Databases,
    peers: tuple[str, ...],
    trade: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Running]:
    url = databases.copy(tmp_path_factory.mktemp("trading-node") / "usage.sqlite")
    async with running(node_settings(deployed, url, council_peers=peers, **trade)) as started:
        yield started


@pytest.fixture
def node(open_node: Running, shop: SandboxServer) -> Running:
    """The first council node, nobody signed in, at a market that works."""
    shop.switch_faults()
    open_node.client.cookies.clear()
    return open_node


@pytest.fixture
async def person(node: Running, deployed: Deployed) -> LocalAccount:
    """Somebody who is signed in and can pay for gas."""
    someone = new_person()
    deployed.chain.catch_up()
    deployed.chain.fund(someone.address)
    await sign_in(node.client, someone)
    return someone


@pytest.fixture
def cnaught(sandbox: SandboxServer, client: httpx.AsyncClient) -> CNaught:
    return cnaught_at(client, sandbox.url)


@pytest.fixture
def odd_cnaught(scripted: ScriptedServer, client: httpx.AsyncClient) -> CNaught:
    """CNaught's adapter against the scripted server."""
    return cnaught_at(client, scripted.url)


@pytest.fixture
def isometric(sandbox: SandboxServer, client: httpx.AsyncClient) -> Isometric:
    return isometric_at(client, sandbox.url)


@pytest.fixture
def odd_isometric(scripted: ScriptedServer, client: httpx.AsyncClient) -> Isometric:
    """Isometric's adapter against the scripted server."""
    return isometric_at(client, scripted.url)
