"""The agents' tool that prepares a retirement of tokens, and the holder's wallet that sends it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from deployed import CHAIN_ID
from eth_account.signers.local import LocalAccount
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from nodes import Databases, node_settings, served
from onchain_protocol import Protocol
from web3.logs import DISCARD

from greenledger.api.app import create_app
from greenledger.chain.client import ChainClient

COMMAND = str(Path(sys.executable).with_name("greenledger"))


@pytest.fixture
def token_gateway_url(protocol: Protocol, sqlite_databases: Databases, tmp_path: Path) -> Iterator[str]:
    url = sqlite_databases.copy(tmp_path / "usage.sqlite")
    with served(create_app(node_settings(protocol.deployed, url, deployment=protocol.file))) as base:
        yield base


async def test_retire_tokens__transactions_sent_by_the_holder__mint_the_certificate(
    token_gateway_url: str, protocol: Protocol, holder: LocalAccount
) -> None:
    arguments = {
        "adapter": protocol.adapter.address,
        "token": protocol.plain.address,
        "amount_kg": "0.002",
        "beneficiary_name": "Example Labs",
        "holder": holder.address,
    }
    server = StdioServerParameters(command=COMMAND, args=["mcp", "--url", token_gateway_url])
    async with Client(server, read_timeout_seconds=60) as agent:
        result = await agent.call_tool("retire_tokens", arguments)
    assert not result.is_error and isinstance(result.structured_content, dict), result.content
    asked = result.structured_content
    assert (asked["action"], asked["account"], len(asked["transactions"])) == (
        "retire_tokens",
        holder.address,
        2,
    )
    assert {one["chainId"] for one in asked["transactions"]} == {hex(CHAIN_ID)}
    assert "for good" in asked["transactions"][1]["in_words"]
    for transaction in asked["transactions"]:
        receipt = protocol.send(holder, transaction)
    (event,) = protocol.adapter.events.TokenRetired().process_receipt(receipt, DISCARD)
    async with ChainClient(protocol.deployed.chain.rpc_url, protocol.deployment) as client:
        minted = await client.certificate(event["args"]["certificate"])
    assert minted is not None and (minted.holder, minted.amount_ug) == (holder.address, 2_000_000)
