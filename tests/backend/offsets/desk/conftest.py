"""A desk on a chain of its own: these tests move its time and take its blocks away."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from deployed import Deployed, deploy_contracts, running_chain
from desk import Desk, deploy_desk
from desk_bench import DeskBench, desk_bench
from sandbox_server import SandboxServer


@pytest.fixture(scope="package")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Deployed, Desk]]:
    with running_chain() as chain:
        deployed = deploy_contracts(chain, tmp_path_factory.mktemp("desk") / "deployment.json")
        yield deployed, deploy_desk(deployed)


@pytest.fixture
async def bench(
    shop: tuple[Deployed, Desk], sandbox: SandboxServer, database_url: str, client: httpx.AsyncClient
) -> AsyncIterator[DeskBench]:
    async with desk_bench(*shop, sandbox, database_url, client) as opened:
        yield opened
