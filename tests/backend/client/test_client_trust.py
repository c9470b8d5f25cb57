"""A gateway or an RPC endpoint that lies: nothing is signed, nothing is believed, nothing hangs."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from client_owners import QUICK, Owner
from nodes import ORIGIN, workload
from scripted_server import Answer, ScriptedServer, as_json

from greenledger.client import (
    NO_RETRIES,
    ChainRefused,
    Client,
    Connection,
    LostSight,
    NotMined,
    NotTrusted,
    Unreachable,
    chain_calls,
    sync,
)
from greenledger.client.chain_calls import Node
from greenledger.client.shapes import ToSend


@pytest.fixture
def mirrored(owner: Owner, client: Client, scripted: ScriptedServer) -> dict[str, Any]:
    """The true answers about a report, which the scripted gateway gives with one of them changed."""
    config = httpx.get(f"{owner.url}/config.json").json()
    scripted.will("GET /config.json", as_json(config))
    report = dict(client.issue([client.submit(workload(name="true")).id]).document)
    return {"config": config, "report": report}


def lying(scripted: ScriptedServer, owner: Owner) -> Client:
    return Client(connection=Connection(scripted.url, owner.api_key, origin=ORIGIN, retries=QUICK))


def test_report__with_its_true_fields__is_recorded_by_data_made_here(
    owner: Owner, scripted: ScriptedServer, mirrored: dict[str, Any]
) -> None:
    stranger = "0x" + "11" * 20
    elsewhere = {"to": stranger, "data": "0x095ea7b3", "chain_id": 31337}
    scripted.will("POST /v1/reports", as_json(mirrored["report"] | {"transaction": elsewhere}, 201))
    with lying(scripted, owner) as client:
        recorded = client.record(client.issue(["0" * 32]), owner.wallet)
        assert recorded.report.to_send.to == mirrored["config"]["contracts"]["ledger"]
        assert recorded.transaction is not None


@pytest.mark.parametrize("field", ["low_ug", "high_ug", "tier", "root", "valid_until"])
def test_report__one_field_changed__has_another_id_and_is_not_signed(
    owner: Owner, scripted: ScriptedServer, mirrored: dict[str, Any], field: str
) -> None:
    report = mirrored["report"]
    inner = dict(report["report"])
    footprint = dict(inner["footprint"])
    footprint[field] = "0x" + "22" * 32 if field == "root" else "7"
    scripted.will("POST /v1/reports", as_json(report | {"report": inner | {"footprint": footprint}}, 201))
    with lying(scripted, owner) as client, pytest.raises(NotTrusted, match="nothing was signed"):
        client.issue(["0" * 32])


def test_ledger__another_than_the_trusted_one__is_refused(
    owner: Owner, scripted: ScriptedServer, mirrored: dict[str, Any]
) -> None:
    config = mirrored["config"]
    trusted = {"ledger": config["contracts"]["ledger"], "credits": config["contracts"]["credits"]}
    moved = config | {"contracts": config["contracts"] | {"ledger": "0x" + "11" * 20}}
    scripted.will("GET /config.json", as_json(config), as_json(moved))
    with lying(scripted, owner) as client:
        client.connection.contracts = trusted
        client.config()
        with pytest.raises(NotTrusted, match="the one trusted"):
            client.config()


def test_sign_in__nonce_that_is_a_text_of_its_own__is_not_signed(
    owner: Owner, scripted: ScriptedServer, mirrored: dict[str, Any]
) -> None:
    evil = "abc\nResources:\n- https://evil.test"
    scripted.will("GET /v1/auth/nonce", as_json({"nonce": evil, "expires_at": 2_000_000_000}))
    with lying(scripted, owner) as client, pytest.raises(NotTrusted, match="nonce"):
        client.sign_in(owner.wallet)
    assert scripted.count("POST /v1/auth/sign-in") == 0


def node(url: str) -> Node:
    return Node(url, 31337, QUICK, lambda: 0.0, mined_within_s=0.5)


def rpc_answers(scripted: ScriptedServer, *results: object) -> None:
    scripted.will("POST /", *(as_json({"jsonrpc": "2.0", "id": 1, "result": one}) for one in results))


def test_transaction__never_mined__gives_its_hash_and_sends_no_second_one(
    owner: Owner, scripted: ScriptedServer
) -> None:
    block = {"baseFeePerGas": "0x7"}
    rpc_answers(scripted, "0x5208", block, "0x1", "0x0", "0x00", None)
    call = ToSend(owner.wallet.address, "0x", 31337)
    with sync.new_http() as http, pytest.raises(NotMined) as raised:
        sync.run(chain_calls.transact(node(scripted.url), owner.wallet, call), http)
    assert raised.value.hash in str(raised.value) and len(raised.value.hash) == 66
    assert sum(b"eth_sendRawTransaction" in asked.body for asked in scripted.asked) == 1


@pytest.mark.parametrize("answered", [5, 6], ids=["broadcast", "receipt"])
def test_transaction__rpc_away_once_it_was_handed_over__gives_its_hash(
    owner: Owner, scripted: ScriptedServer, answered: int
) -> None:
    block = {"baseFeePerGas": "0x7"}
    results = ("0x5208", block, "0x1", "0x0", "0x00")[: answered - 1]
    given = [as_json({"jsonrpc": "2.0", "id": 1, "result": one}) for one in results]
    scripted.will("POST /", *given, Answer(b"", 503))
    call = ToSend(owner.wallet.address, "0x", 31337)
    with sync.new_http() as http, pytest.raises(LostSight) as raised:
        sync.run(chain_calls.transact(node(scripted.url), owner.wallet, call), http)
    error = raised.value
    assert isinstance(error, Unreachable) and error.transactions == (error.hash,)
    assert error.hash in str(error) and "before sending again" in str(error)


def test_gas__dearer_than_the_cap__is_not_paid(owner: Owner, scripted: ScriptedServer) -> None:
    rpc_answers(scripted, "0x5208", {"baseFeePerGas": hex(10**12)}, "0x1")
    call = ToSend(owner.wallet.address, "0x", 31337)
    with sync.new_http() as http, pytest.raises(ChainRefused, match="at most 200000000000"):
        sync.run(chain_calls.transact(node(scripted.url), owner.wallet, call), http)
    assert all(b"sendRaw" not in asked.body for asked in scripted.asked)


NONSENSE = [b"<html>", b"[]", b"7", b'{"result": "0xzz"}', b'{"result": {}}', b"[" * 90_000]


@pytest.mark.parametrize("body", NONSENSE, ids=lambda body: str(body[:12]))
def test_rpc__nonsense__is_out_of_reach_and_no_guess(scripted: ScriptedServer, body: bytes) -> None:
    scripted.will("POST /", Answer(body))
    with sync.new_http() as http, pytest.raises(Unreachable):
        sync.run(chain_calls.block_number(node(scripted.url)), http)


@pytest.fixture
def dripping() -> Iterator[str]:
    """A server that sends a byte now and then, for ever."""
    listener = socket.create_server(("127.0.0.1", 0))
    ending = threading.Event()

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n")
            while not ending.wait(0.02):
                try:
                    connection.sendall(b" ")
                except OSError:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    ending.set()
    thread.join(5)
    listener.close()


def test_answer__that_drips_in_for_ever__is_given_up(dripping: str) -> None:
    impatient = Connection(dripping, "gl_key", timeout_s=0.1, retries=NO_RETRIES)
    with Client(connection=impatient) as client, pytest.raises(Unreachable, match="takes longer than"):
        client.submit(workload())
