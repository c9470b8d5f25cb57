"""What the tests of retirement on chain share: a protocol, a node that knows it, and somebody with tokens."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from deployed import Deployed
from eth_account.signers.local import LocalAccount
from nodes import Databases, Running, new_person, node_settings, running
from onchain_protocol import Protocol, deploy_protocol

from greenledger.chain.client import ChainClient
from greenledger.offsets.onchain.listings import TokenBook


@pytest.fixture(scope="module")
def protocol(deployed: Deployed, tmp_path_factory: pytest.TempPathFactory) -> Protocol:
    return deploy_protocol(deployed, tmp_path_factory.mktemp("protocol") / "deployment.json")


@pytest.fixture
async def book(protocol: Protocol) -> AsyncIterator[TokenBook]:
    """A book that has read nothing yet."""
    async with ChainClient(protocol.deployed.chain.rpc_url, protocol.deployment) as client:
        yield TokenBook(client.node, protocol.deployment)


@pytest.fixture(scope="module")
async def open_node(
    protocol: Protocol, sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Running]:
    url = sqlite_databases.copy(tmp_path_factory.mktemp("node") / "usage.sqlite")
    async with running(node_settings(protocol.deployed, url, deployment=protocol.file)) as started:
        yield started


@pytest.fixture
def holder(protocol: Protocol) -> LocalAccount:
    """Somebody with five grams of each token, who can pay for gas."""
    someone = new_person()
    chain = protocol.deployed.chain
    chain.catch_up()
    chain.fund(someone.address)
    for token in (protocol.permitting, protocol.plain):
        protocol.give(token, someone.address, 5)
    return someone
