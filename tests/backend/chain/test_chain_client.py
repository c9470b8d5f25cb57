"""The chain client against anvil with the project's contracts, and against nodes that cannot be trusted."""

from __future__ import annotations

import dataclasses
import secrets
import time
import traceback
from collections.abc import AsyncIterator, Iterator

import pytest
from deployed import COUNCIL_ACCOUNTS, Deployed, account
from eth_abi.abi import encode
from nodes import new_person
from retirements import certificate_id, report, signatures
from scripted_server import Answer, ScriptedServer, as_json
from web3.exceptions import OffchainLookup

from greenledger.chain.calldata import encode_allocate, encode_mint
from greenledger.chain.client import ChainClient
from greenledger.chain.errors import CannotEncode, ChainUnavailable, Reverted
from greenledger.chain.records import AccountTotals
from greenledger.evidence.typed_data import Source


@pytest.fixture(scope="module")
async def client(deployed: Deployed) -> AsyncIterator[ChainClient]:
    async with ChainClient(deployed.chain.rpc_url, deployed.deployment) as chain:
        yield chain


@pytest.fixture(scope="module")
def node() -> Iterator[ScriptedServer]:
    with ScriptedServer() as server:
        yield server


@pytest.fixture
async def odd_client(node: ScriptedServer, deployed: Deployed) -> AsyncIterator[ChainClient]:
    """A client of an RPC endpoint that answers what the test says."""
    node.forget()
    async with ChainClient(node.url, deployed.deployment, timeout_s=0.5) as chain:
        yield chain


def result(value: object) -> Answer:
    return as_json({"jsonrpc": "2.0", "id": 0, "result": value})


async def test_node__answers_an_error_status__is_told_without_the_urls_key(
    node: ScriptedServer, deployed: Deployed
) -> None:
    node.forget()
    key = secrets.token_hex(8)
    node.will(f"POST /v3/{key}", as_json({}, status=429), as_json({}, status=429))
    async with ChainClient(f"{node.url}/v3/{key}", deployed.deployment, timeout_s=0.5) as chain:
        with pytest.raises(ChainUnavailable) as caught:
            await chain.node.head()
        told = "".join(traceback.format_exception(caught.value))
        with pytest.raises(ChainUnavailable) as refused:
            await chain.node.submit("0x00")
        told += "".join(traceback.format_exception(refused.value))
    assert "no usable answer" in told and key not in told


async def test_council__as_deployed__is_two_of_three(client: ChainClient) -> None:
    council = await client.council()
    assert (council.epoch, council.threshold, council.size) == (1, 2, 3)
    assert await client.is_council_signer(account(COUNCIL_ACCOUNTS[0]).address)
    assert not await client.is_council_signer(new_person().address)


async def test_settings__as_deployed__are_read(client: ChainClient, deployed: Deployed) -> None:
    assert await client.chain_id() == 31337
    assert abs(await client.latest_timestamp() - time.time()) < 3600
    assert await client.is_methodology_approved(deployed.deployment.methodology)
    assert not await client.is_methodology_approved(b"\1" * 32)
    icr, unknown = await client.registry("icr"), await client.registry("nobody")
    assert (icr.enabled, icr.unit_ug) == (True, 10**12)
    assert (unknown.enabled, unknown.unit_ug) == (False, 0)


async def test_reads__of_what_does_not_exist__are_none_or_zero(client: ChainClient) -> None:
    assert await client.attestation(secrets.token_bytes(32)) is None
    assert await client.certificate(secrets.randbits(256)) is None
    assert await client.account(new_person().address) == AccountTotals(0, 0, 0, 0, 0)
    assert await client.coverage_bps(secrets.token_bytes(32)) == 0
    assert await client.hint_for(secrets.token_bytes(32), 7) == 0
    assert not await client.is_claimed(Source(2, secrets.token_bytes(32), 1, 0))


async def test_mint__by_the_encoded_calldata__gives_the_certificate_that_was_reported(
    client: ChainClient, deployed: Deployed
) -> None:
    person = new_person()
    deployed.chain.fund(person.address)
    signed = report(person.address)
    identity = certificate_id(signed, deployed)
    data = encode_mint(signed, signatures(signed, deployed), hint=0)
    deployed.chain.send(person, deployed.deployment.credits, f"0x{data.hex()}")

    found = await client.certificate(identity)
    assert found is not None
    assert (found.holder, found.amount_ug, found.allocated_ug) == (person.address, 2 * 10**12, 0)
    assert (found.registry, found.project, found.vintage) == ("icr", "ICR-9001", 2022)
    assert (found.beneficiary, found.serials) == ("Société Générique & fils", "ICR-9001-2022-1-2000")
    assert (found.retired_at, found.voided) == (signed.retirement.retired_at, False)
    assert await client.is_claimed(signed.source)


async def test_serial_range__claimed__gives_the_hint_for_the_next_one(
    client: ChainClient, deployed: Deployed
) -> None:
    person = new_person()
    deployed.chain.fund(person.address)
    book = secrets.token_bytes(32)
    signed = dataclasses.replace(report(person.address), source=Source(1, book, 100, 101))
    data = encode_mint(signed, signatures(signed, deployed), await client.hint_for(book, 100))
    deployed.chain.send(person, deployed.deployment.credits, f"0x{data.hex()}")
    assert await client.is_claimed(Source(1, book, 101, 105))
    assert not await client.is_claimed(Source(1, book, 102, 105))
    assert await client.hint_for(book, 102) == 100


def test_encode__value_out_of_range__is_refused_and_names_the_function() -> None:
    with pytest.raises(CannotEncode, match=r"RetiredCredits\.allocate"):
        encode_allocate(1, "0x" + "11" * 20, b"\0" * 32, 2**72)
    with pytest.raises(CannotEncode):
        encode_allocate(1, "0x12", b"\0" * 32, 1)


async def test_any_read__rpc_down__is_unavailable_and_does_not_show_the_url(deployed: Deployed) -> None:
    url = "http://127.0.0.1:1/v2/secret-api-key"
    async with ChainClient(url, deployed.deployment) as chain:
        with pytest.raises(ChainUnavailable) as caught:
            await chain.certificate(1)
    assert "secret" not in str(caught.value)


async def test_any_read__wrong_chain_id__is_unavailable_and_names_both(
    odd_client: ChainClient, node: ScriptedServer
) -> None:
    node.will("POST /", result("0x1"))
    with pytest.raises(ChainUnavailable, match="chain 1, expected chain 31337"):
        await odd_client.council()
    assert await odd_client.chain_id() == 1


GARBAGE = {
    "page": Answer(b"<html>busy</html>", headers={"content-type": "text/html"}),
    "empty": Answer(b""),
    "list": as_json([]),
    "null result": result(None),
    "text result": result("hello"),
    "object result": result({}),
    "server error": Answer(b"", 500),
    "rate limit": as_json({"jsonrpc": "2.0", "id": 0, "error": {"code": -32005, "message": "limit"}}, 429),
    "rpc error": as_json({"jsonrpc": "2.0", "id": 0, "error": {"code": -32603, "message": "no"}}),
    "odd error": as_json({"jsonrpc": "2.0", "id": 0, "error": 5}),
}


@pytest.mark.parametrize("answer", GARBAGE.values(), ids=GARBAGE)
async def test_any_read__garbage_instead_of_a_chain_id__is_unavailable(
    odd_client: ChainClient, node: ScriptedServer, answer: Answer
) -> None:
    node.will("POST /", answer)
    with pytest.raises(ChainUnavailable):
        await odd_client.council()


@pytest.mark.parametrize(
    "answer", [*GARBAGE.values(), result("0x"), result("0x12")], ids=[*GARBAGE, "no code", "short"]
)
async def test_any_read__garbage_instead_of_a_result__is_unavailable(
    odd_client: ChainClient, node: ScriptedServer, answer: Answer
) -> None:
    node.will("POST /", result("0x7a69"), answer)
    with pytest.raises(ChainUnavailable):
        await odd_client.certificate(1)


async def test_latest_timestamp__block_without_one__is_unavailable(
    odd_client: ChainClient, node: ScriptedServer
) -> None:
    node.will("POST /", result("0x7a69"), result({"number": "0x1"}))
    with pytest.raises(ChainUnavailable):
        await odd_client.latest_timestamp()


@pytest.mark.parametrize(
    "answer",
    [answer for name, answer in GARBAGE.items() if name != "null result"],
    ids=[name for name in GARBAGE if name != "null result"],
)
async def test_is_adapters__garbage_instead_of_a_receipt__is_unavailable(
    odd_client: ChainClient, node: ScriptedServer, answer: Answer
) -> None:
    node.will("POST /", result("0x7a69"), answer)
    with pytest.raises(ChainUnavailable):
        await odd_client.is_adapters(b"\1" * 32)


async def test_is_adapters__receipt_with_logs_that_are_none__is_unavailable(
    odd_client: ChainClient, node: ScriptedServer
) -> None:
    node.will("POST /", result("0x7a69"), result({"status": "0x1", "logs": [5]}))
    with pytest.raises(ChainUnavailable):
        await odd_client.is_adapters(b"\1" * 32)


async def test_any_read__too_slow__is_unavailable_in_time(
    odd_client: ChainClient, node: ScriptedServer
) -> None:
    node.will("POST /", Answer(b"{}", delay_s=3))
    started = time.monotonic()
    with pytest.raises(ChainUnavailable):
        await odd_client.council()
    assert time.monotonic() - started < 1.5


async def test_any_read__reverted__gives_the_contracts_words(
    odd_client: ChainClient, node: ScriptedServer
) -> None:
    reason = b"\x08\xc3\x79\xa0" + (32).to_bytes(32) + (12).to_bytes(32) + b"credits: bad".ljust(32, b"\0")
    error = {"code": 3, "message": "execution reverted: credits: bad", "data": f"0x{reason.hex()}"}
    node.will("POST /", result("0x7a69"), as_json({"jsonrpc": "2.0", "id": 1, "error": error}))
    with pytest.raises(Reverted) as caught:
        await odd_client.certificate(1)

    assert caught.value.reason == "credits: bad"


async def test_any_read__answered_with_an_offchain_lookup__fetches_nothing(
    odd_client: ChainClient, node: ScriptedServer
) -> None:
    fields = ["address", "string[]", "bytes", "bytes4", "bytes"]
    sender = odd_client.deployment.credits
    values = [sender, [f"{node.url}/stolen"], b"", b"\0" * 4, b""]
    data = "0x556f1830" + encode(fields, values).hex()  # OffchainLookup of EIP-3668
    error = {"code": 3, "message": "execution reverted", "data": data}
    node.will("POST /", result("0x7a69"), as_json({"jsonrpc": "2.0", "id": 1, "error": error}))
    with pytest.raises(Reverted) as caught:
        await odd_client.certificate(1)
    # The library's own word for "not followed"; after an attempt it would be another error.
    assert isinstance(caught.value.__cause__, OffchainLookup)
    assert {asked.path for asked in node.asked} == {"/"}


async def test_any_read__after_a_failure__checks_the_chain_again(
    odd_client: ChainClient, node: ScriptedServer
) -> None:
    node.will("POST /", result("0x7a69"), Answer(b"", 500), result("0x1"))
    with pytest.raises(ChainUnavailable):
        await odd_client.council()
    with pytest.raises(ChainUnavailable, match="chain 1, expected"):
        await odd_client.council()
