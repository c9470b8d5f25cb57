"""What is kept of the chain, on SQLite and on PostgreSQL, over a real chain with a payment desk."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from deployed import Deployed
from desk import Desk, deploy_desk
from postgres import on_both_engines
from sending import Sending

from greenledger.chain.node import ChainNode
from greenledger.usage.database import Database


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    on_both_engines(metafunc)


@pytest.fixture(scope="session")
def desk(deployed: Deployed) -> Desk:
    return deploy_desk(deployed)


@pytest.fixture
async def node(deployed: Deployed) -> AsyncIterator[ChainNode]:
    opened = ChainNode(deployed.chain.rpc_url, deployed.deployment.chain_id)
    yield opened
    await opened.aclose()


@pytest.fixture
def sending(desk: Desk, node: ChainNode, database: Database) -> Sending:
    made = Sending(desk.chain, desk.token, node, database)
    desk.chain.fund(made.account.address)
    return made
