"""Retirement on chain through the API: its transactions, sent with a real key, mint a certificate."""

from __future__ import annotations

from typing import Any

import pytest
from eth_abi.abi import encode
from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils.crypto import keccak
from nodes import Running, node_settings, problem, running
from onchain_protocol import GRAM_UG, UNITS_PER_UG, Protocol
from web3.logs import DISCARD
from web3.types import TxReceipt

from greenledger.chain.client import ChainClient
from greenledger.offsets.onchain.shapes import RETIRE_TOKEN, RETIRE_TOKEN_WITH_PERMIT

BENEFICIARY = "Example Labs GmbH"


def body(protocol: Protocol, person: LocalAccount, **changes: Any) -> dict[str, Any]:
    usual = {
        "adapter": protocol.adapter.address,
        "token": protocol.plain.address,
        "amount_ug": str(2 * GRAM_UG),
        "beneficiary": BENEFICIARY,
        "holder": person.address,
    }
    return usual | changes


async def calls(node: Running, **wanted: Any) -> dict[str, Any]:
    response = await node.client.post("/v1/tokens/calls", json=wanted)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def minted(protocol: Protocol, receipt: TxReceipt) -> int:
    (event,) = protocol.adapter.events.TokenRetired().process_receipt(receipt, DISCARD)
    certificate: int = event["args"]["certificate"]
    return certificate


async def test_tokens__holder_named__lists_what_it_has(
    open_node: Running, protocol: Protocol, holder: LocalAccount
) -> None:
    response = await open_node.client.get("/v1/tokens", params={"holder": holder.address})
    items = {item["token"]: item for item in response.json()["items"]}
    assert items[protocol.permitting.address] == {
        "adapter": protocol.adapter.address,
        "kind": "toucan",
        "token": protocol.permitting.address,
        "symbol": "TCO2-191",
        "registry": "verra",
        "project": "VCS-191",
        "vintage": 2021,
        "permit": True,
        "held_ug": str(5 * GRAM_UG),
        "prices": [],
    }


@pytest.mark.parametrize("holder", ["0x12", "0x" + "00" * 20, "alice.eth"])
async def test_tokens__holder_that_is_no_account__is_refused(open_node: Running, holder: str) -> None:
    response = await open_node.client.get("/v1/tokens", params={"holder": holder})
    assert problem(response) == (422, "invalid_request", ["holder"])


async def test_calls__token_without_permits__approve_then_retire_mint_the_certificate(
    open_node: Running, protocol: Protocol, holder: LocalAccount
) -> None:
    found = await calls(open_node, **body(protocol, holder))
    assert found["permit"] is None
    approve, retire = found["transactions"]
    assert (approve["to"], retire["to"]) == (protocol.plain.address, protocol.adapter.address)
    protocol.send(holder, approve)
    certificate = minted(protocol, protocol.send(holder, retire))
    async with ChainClient(protocol.deployed.chain.rpc_url, protocol.deployment) as client:
        on_chain = await client.certificate(certificate)
    assert on_chain is not None and on_chain.holder == holder.address
    assert (on_chain.amount_ug, on_chain.beneficiary) == (2 * GRAM_UG, BENEFICIARY)
    assert (on_chain.registry, on_chain.project, on_chain.vintage) == ("verra", "VCS-191", 2021)
    left = protocol.plain.functions.balanceOf(holder.address).call()
    assert left == 3 * GRAM_UG * UNITS_PER_UG
    assert protocol.plain.functions.allowance(holder.address, protocol.adapter.address).call() == 0


async def test_calls__certificate_that_an_adapter_minted__is_known_as_the_adapters(
    open_node: Running, protocol: Protocol, holder: LocalAccount
) -> None:
    found = await calls(open_node, **body(protocol, holder))
    receipts = [protocol.send(holder, transaction) for transaction in found["transactions"]]
    async with ChainClient(protocol.deployed.chain.rpc_url, protocol.deployment) as client:
        # So no council node signs a second certificate for this retirement.
        assert await client.is_adapters(bytes(receipts[1]["transactionHash"]))


async def test_calls__permit_signed__one_transaction_mints_the_certificate(
    open_node: Running, protocol: Protocol, holder: LocalAccount
) -> None:
    found = await calls(open_node, **body(protocol, holder, token=protocol.permitting.address))
    way = found["permit"]
    signed = Account.sign_typed_data(holder.key, full_message=way["typed_data"])
    token, amount_ug, beneficiary, deadline = way["arguments"]
    kinds = way["function"].partition("(")[2].removesuffix(")").split(",")
    arguments = [token, int(amount_ug), beneficiary, int(deadline)]
    parts = [signed.v, signed.r.to_bytes(32), signed.s.to_bytes(32)]
    data = keccak(text=way["function"])[:4] + encode(kinds, arguments + parts)
    receipt = protocol.send(holder, {"to": way["to"], "data": f"0x{data.hex()}"})
    owner_of = protocol.deployed.credits.functions.ownerOf(minted(protocol, receipt)).call()
    assert owner_of == holder.address


async def test_calls__amount_allowed_already__is_one_transaction(
    open_node: Running, protocol: Protocol, holder: LocalAccount
) -> None:
    chain = protocol.deployed.chain
    units = 2 * GRAM_UG * UNITS_PER_UG
    chain.transact(protocol.permitting, "approve", protocol.adapter.address, units, sender=holder)
    found = await calls(open_node, **body(protocol, holder, token=protocol.permitting.address))
    assert found["permit"] is None and len(found["transactions"]) == 1
    assert minted(protocol, protocol.send(holder, found["transactions"][0]))


async def test_calls__all_that_is_held__is_allowed_and_one_microgram_more_is_not(
    open_node: Running, protocol: Protocol, holder: LocalAccount
) -> None:
    assert await calls(open_node, **body(protocol, holder, amount_ug=str(5 * GRAM_UG)))
    wanted = body(protocol, holder, amount_ug=str(5 * GRAM_UG + 1))
    response = await open_node.client.post("/v1/tokens/calls", json=wanted)
    assert problem(response) == (409, "more_than_held", ["amount_ug"])
    assert str(5 * GRAM_UG) in response.json()["errors"][0]["expected"]


async def test_calls__token_switched_off__says_so(
    open_node: Running, protocol: Protocol, holder: LocalAccount
) -> None:
    protocol.list_token(protocol.plain, enabled=False)
    response = await open_node.client.post("/v1/tokens/calls", json=body(protocol, holder))
    protocol.list_token(protocol.plain)
    assert problem(response) == (409, "token_disabled", ["token"])


@pytest.mark.parametrize("field", ["adapter", "token"])
async def test_calls__adapter_or_token_nobody_listed__is_not_found(
    open_node: Running, protocol: Protocol, holder: LocalAccount, field: str
) -> None:
    wanted = body(protocol, holder, **{field: protocol.deployed.credits.address})
    response = await open_node.client.post("/v1/tokens/calls", json=wanted)
    assert problem(response) == (404, "token_not_listed", ["token"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount_ug", "0"),
        ("amount_ug", "-1"),
        ("amount_ug", 2_000_000),
        ("beneficiary", ""),
        ("beneficiary", "é" * 33),
        ("beneficiary", "Example\u202eLabs"),
        ("holder", "0x12"),
        ("adapter", "0x" + "00" * 20),
        ("holder_name", "somebody"),
    ],
)
async def test_calls__field_that_is_not_valid__is_named(
    open_node: Running, protocol: Protocol, holder: LocalAccount, field: str, value: Any
) -> None:
    response = await open_node.client.post("/v1/tokens/calls", json=body(protocol, holder, **{field: value}))
    assert problem(response) == (422, "invalid_request", [field])


async def test_calls__any_number_of_them__leave_nothing_behind(
    open_node: Running, protocol: Protocol, holder: LocalAccount
) -> None:
    block = protocol.deployed.chain.web3.eth.block_number
    first = await calls(open_node, **body(protocol, holder))
    assert await calls(open_node, **body(protocol, holder)) == first
    assert protocol.deployed.chain.web3.eth.block_number == block


async def test_calls__chain_away__is_unavailable(
    protocol: Protocol, holder: LocalAccount, database_url: str
) -> None:
    settings = node_settings(
        protocol.deployed, database_url, deployment=protocol.file, rpc_url="http://127.0.0.1:9"
    )
    async with running(settings) as node:
        response = await node.client.post("/v1/tokens/calls", json=body(protocol, holder))
    assert problem(response) == (503, "chain_unavailable", [])


async def test_config__deployment_with_an_adapter__names_it(open_node: Running, protocol: Protocol) -> None:
    config = (await open_node.client.get("/config.json")).json()
    assert config["adapters"] == {"ToucanAdapter": protocol.adapter.address}
    assert (config["contracts"]["desk"], config["payment_tokens"]) == (None, [])


def test_transactions__selectors__are_those_of_the_compiled_adapter(protocol: Protocol) -> None:
    compiled = {f.signature for f in protocol.adapter.all_functions()}
    assert {RETIRE_TOKEN.signature, RETIRE_TOKEN_WITH_PERMIT.signature} <= compiled
