"""A gateway over real HTTP on the tests' chain, and `greenledger mcp` as an agent's host starts it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from deployed import Deployed
from mcp import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp_answers import COMMAND, Opened, held
from nodes import Databases
from programs import Owner, new_owner, served_gateway
from sandbox_server import KEY, SandboxServer


@pytest.fixture(scope="session")
def credit_market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    with SandboxServer(tmp_path_factory.mktemp("credits")) as server:
        yield server


@pytest.fixture(scope="session")
def gateway_url(
    deployed: Deployed,
    sqlite_databases: Databases,
    peer_urls: tuple[str, ...],
    credit_market: SandboxServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    database_url = sqlite_databases.copy(tmp_path_factory.mktemp("gateway") / "usage.sqlite")
    market = {"marketplace_url": credit_market.url, "marketplace_key": KEY}
    with served_gateway(deployed, database_url, peer_urls, **market) as url:
        yield url


@pytest.fixture(scope="session")
def stderr_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What all servers of the tests wrote to standard error."""
    return tmp_path_factory.mktemp("mcp") / "stderr.txt"


@pytest.fixture(scope="session")
def opened(gateway_url: str, stderr_file: Path) -> Opened:
    """Starts the real command with the real client of the SDK on its standard input and output."""

    @asynccontextmanager
    async def start(**environment: str) -> AsyncIterator[Client]:
        parameters = StdioServerParameters(
            command=COMMAND, args=["mcp"], env={"GREENLEDGER_URL": gateway_url} | environment
        )
        with stderr_file.open("a") as errors:
            async with Client(stdio_client(parameters, errors), read_timeout_seconds=60) as client:
                yield client

    return start


@pytest.fixture(scope="session")
async def agent(opened: Opened) -> AsyncIterator[Client]:
    """A client of a server without an API key."""
    async with held(opened()) as client:
        yield client


@pytest.fixture(scope="session")
async def owner(gateway_url: str, deployed: Deployed) -> Owner:
    """Somebody with an account, gas, and a key for programs."""
    return await new_owner(deployed, gateway_url)


@pytest.fixture(scope="session")
async def trusted(opened: Opened, owner: Owner) -> AsyncIterator[Client]:
    """A client of a server that has the owner's API key."""
    async with held(opened(GREENLEDGER_API_KEY=owner.api_key)) as client:
        yield client
