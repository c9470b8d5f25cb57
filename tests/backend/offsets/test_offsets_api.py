"""Projects, quotes and orders over HTTP: three real council nodes, the sandbox market, a person's own key."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from deployed import Deployed
from eth_account.signers.local import LocalAccount
from nodes import (
    PEER_TOKEN,
    Running,
    new_person,
    node_settings,
    problem,
    running,
    sign_in,
)
from sandbox_server import KEY, SandboxServer

from greenledger.offsets import offers

TONNE_UG = 10**12
AUTHORIZED = {"authorization": f"Bearer {PEER_TOKEN}"}


async def quoted(client: httpx.AsyncClient, shop: SandboxServer, amount_ug: int = TONNE_UG) -> dict[str, Any]:
    body = {"source_id": shop.source_id(), "amount_ug": str(amount_ug)}
    response = await client.post("/v1/quotes", json=body)
    assert response.status_code == 201, response.text
    quote: dict[str, Any] = response.json()
    return quote


def order_body(quote_id: str, **changes: str) -> dict[str, str]:
    usual = {"quote_id": quote_id, "beneficiary_name": "Équipe BLOOM", "message": "Training of BLOOM-176B"}
    return usual | changes


async def followed(client: httpx.AsyncClient, order_id: str, state: str) -> dict[str, Any]:
    """Reads the order until it is in `state`."""
    order: dict[str, Any] = {}
    for _ in range(150):
        order = (await client.get(f"/v1/orders/{order_id}")).json()
        if order["state"] == state:
            return order
        await asyncio.sleep(0.1)
    raise AssertionError(f"the order stayed {order}")


async def test_projects__anybody__sees_offers_and_filters_them(node: Running) -> None:
    items = (await node.client.get("/v1/projects")).json()["items"]
    assert [item["project"] for item in items] == ["ICR-9001", "ICR-9004", "ICR-9002", "ICR-9003"]
    assert items[0]["price_usd_per_tonne"] == "3.25" and items[0]["minimum_ug"] == "1000000000"
    kenya = (await node.client.get("/v1/projects", params={"country": "Kenya"})).json()["items"]
    assert [(item["project"], item["ex_ante"]) for item in kenya] == [("ICR-9004", True)]
    assert (await node.client.get("/v1/projects", params={"registry": "verra"})).json()["items"] == []
    vintage = await node.client.get("/v1/projects", params={"vintage": "abc"})
    assert problem(vintage) == (422, "invalid_request", ["vintage"])


async def test_order__from_quote_to_certificate__is_minted_by_the_persons_own_key(
    node: Running, person: LocalAccount, shop: SandboxServer, deployed: Deployed
) -> None:
    quote = await quoted(node.client, shop, 10 * TONNE_UG)
    assert (quote["cost_usd"], quote["amount_ug"]) == ("32.50", "10000000000000")
    placed = await node.client.post("/v1/orders", json=order_body(quote["id"]))
    assert placed.status_code == 201, placed.text
    assert placed.json()["state"] == "paid" and placed.json()["transaction"] is None

    order = await followed(node.client, placed.json()["id"], "cosigned")
    assert len(order["signatures"]) == 2
    assert order["proof"]["beneficiary_address"].lower() == person.address.lower()
    assert order["report"]["retirement"]["amount_ug"] == "10000000000000"
    assert order["transaction"]["to"] == deployed.deployment.credits
    deployed.chain.send(person, order["transaction"]["to"], order["transaction"]["data"])

    minted = await followed(node.client, order["id"], "minted")
    assert [step["state"] for step in minted["steps"]] == ["paid", "placed", "retired", "cosigned", "minted"]
    assert minted["transaction"] is None and minted["certificate"] == order["certificate"]
    on_chain = deployed.credits.functions.certificate(int(order["certificate"], 16)).call()
    assert on_chain[0] == person.address and on_chain[1] == 10 * TONNE_UG
    assert on_chain[8] == "Équipe BLOOM"
    assert shop.retirements(person.address) == 1
    listed = (await node.client.get("/v1/orders")).json()["items"]
    assert [item["id"] for item in listed] == [order["id"]]


async def test_order__same_request_again__is_the_same_order(
    node: Running, person: LocalAccount, shop: SandboxServer
) -> None:
    quote = await quoted(node.client, shop)
    first = await node.client.post("/v1/orders", json=order_body(quote["id"]))
    again = await node.client.post("/v1/orders", json=order_body(quote["id"]))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]


async def test_order__quote_used_for_something_else__is_refused(
    node: Running, person: LocalAccount, shop: SandboxServer
) -> None:
    quote = await quoted(node.client, shop)
    await node.client.post("/v1/orders", json=order_body(quote["id"]))
    other = await node.client.post("/v1/orders", json=order_body(quote["id"], beneficiary_name="Others"))
    assert problem(other) == (409, "quote_used", ["quote_id"])


async def test_order__eight_times_at_once__is_placed_once(
    node: Running, person: LocalAccount, shop: SandboxServer
) -> None:
    quote = await quoted(node.client, shop)
    requests = [node.client.post("/v1/orders", json=order_body(quote["id"])) for _ in range(8)]
    replies = await asyncio.gather(*requests)
    assert {reply.status_code for reply in replies} <= {200, 201}
    assert len({reply.json()["id"] for reply in replies}) == 1
    await followed(node.client, replies[0].json()["id"], "cosigned")
    assert shop.retirements(person.address) == 1


async def test_order__quote_or_order_of_another_account__is_not_found(
    node: Running, person: LocalAccount, shop: SandboxServer
) -> None:
    quote = await quoted(node.client, shop)
    order = (await node.client.post("/v1/orders", json=order_body(quote["id"]))).json()
    await sign_in(node.client, new_person())
    stolen = await node.client.post("/v1/orders", json=order_body(quote["id"]))
    assert problem(stolen) == (404, "unknown_quote", ["quote_id"])
    assert problem(await node.client.get(f"/v1/orders/{order['id']}")) == (404, "unknown_order", ["id"])
    assert (await node.client.get("/v1/orders")).json() == {"items": []}


async def test_offsets__not_signed_in__are_refused(node: Running, shop: SandboxServer) -> None:
    body = {"source_id": shop.source_id(), "amount_ug": "1000000000000"}
    quote = await node.client.post("/v1/quotes", json=body)
    order = await node.client.post("/v1/orders", json=order_body("0" * 32))
    for response in (quote, order, await node.client.get("/v1/orders")):
        assert problem(response)[:2] == (401, "unauthenticated")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"source_id": "listing-84532-0x00"}, (404, "unknown_source", ["source_id"])),
        ({"source_id": "two words"}, (422, "invalid_request", ["source_id"])),
        ({"amount_ug": "999999999"}, (422, "amount_not_offered", ["amount_ug"])),
        ({"amount_ug": "4000000000000001"}, (422, "amount_not_offered", ["amount_ug"])),
        ({"amount_ug": "0"}, (422, "invalid_request", ["amount_ug"])),
        ({"amount_ug": "-1"}, (422, "invalid_request", ["amount_ug"])),
        ({"amount_ug": 10**12}, (422, "invalid_request", ["amount_ug"])),
        ({"amount_ug": "1e12"}, (422, "invalid_request", ["amount_ug"])),
        ({"currency": "EUR"}, (422, "invalid_request", ["currency"])),
    ],
    ids=str,
)
async def test_quote__bad_field__is_named(
    node: Running,
    person: LocalAccount,
    shop: SandboxServer,
    changes: dict[str, Any],
    expected: tuple[int, str, list[str]],
) -> None:
    body = {"source_id": shop.source_id(), "amount_ug": "1000000000000"} | changes
    assert problem(await node.client.post("/v1/quotes", json=body)) == expected


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("beneficiary_name", ""),
        ("beneficiary_name", " padded"),
        ("beneficiary_name", "two\nlines"),
        ("beneficiary_name", "turned\u202earound"),
        ("beneficiary_name", "é" * 33),
        ("message", ""),
        ("message", "x" * 501),
        ("message", "\u0000"),
        ("quote_id", "../../etc"),
    ],
)
async def test_order__bad_field__is_named(
    node: Running, person: LocalAccount, shop: SandboxServer, field: str, value: str
) -> None:
    quote = await quoted(node.client, shop)
    response = await node.client.post("/v1/orders", json=order_body(quote["id"]) | {field: value})
    assert problem(response) == (422, "invalid_request", [field])


async def test_order__fails_at_the_market__says_why(
    node: Running, person: LocalAccount, shop: SandboxServer
) -> None:
    quote = await quoted(node.client, shop)
    shop.switch_faults({"kind": "order-fails"})
    placed = (await node.client.post("/v1/orders", json=order_body(quote["id"]))).json()
    order = await followed(node.client, placed["id"], "failed")
    assert order["error"]["code"] == "market_failed" and "Nothing was retired" in order["error"]["detail"]


async def test_quote__market_down__is_503_with_a_time_to_come_back(
    node: Running, person: LocalAccount, shop: SandboxServer
) -> None:
    shop.switch_faults({"kind": "429", "on": "POST /quotes", "times": 9, "seconds": 33})
    body = {"source_id": shop.source_id(), "amount_ug": "1000000000000"}
    response = await node.client.post("/v1/quotes", json=body)
    assert problem(response) == (503, "market_unavailable", [])
    assert response.headers["retry-after"] == "33"


async def test_projects__market_slow_for_four_readers__is_503_and_names_it_for_each(
    deployed: Deployed,
    database_url: str,
    trade: dict[str, Any],
    shop: SandboxServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(offers, "READ_LIMIT_S", 0.3)
    shop.switch_faults({"kind": "slow", "on": "*", "times": 50, "seconds": 2})
    async with running(node_settings(deployed, database_url, **trade)) as alone:
        replies = await asyncio.gather(*(alone.client.get("/v1/projects") for _ in range(4)))
    assert [problem(reply) for reply in replies] == [(503, "market_unavailable", [])] * 4
    assert all("carbonmark" in reply.json()["detail"] for reply in replies)
    assert all(reply.headers["retry-after"] == "5" for reply in replies)


async def test_order__gateway_restarted_in_the_middle__is_finished_by_the_next_start(
    deployed: Deployed,
    database_url: str,
    peers: tuple[str, ...],
    trade: dict[str, Any],
    shop: SandboxServer,
) -> None:
    settings = node_settings(deployed, database_url, council_peers=peers, **trade)
    someone = new_person()
    shop.switch_faults({"kind": "cut-after-accept", "on": "POST /orders"})
    async with running(settings) as first:
        await sign_in(first.client, someone)
        quote = await quoted(first.client, shop)
        order = (await first.client.post("/v1/orders", json=order_body(quote["id"]))).json()
    async with running(settings) as second:
        await sign_in(second.client, someone)
        await followed(second.client, order["id"], "cosigned")
    assert shop.retirements(someone.address) == 1


async def test_council__asked_to_sign_more_than_was_retired__refuses_and_names_the_field(
    node: Running, person: LocalAccount, shop: SandboxServer, peers: tuple[str, ...]
) -> None:
    quote = await quoted(node.client, shop)
    placed = (await node.client.post("/v1/orders", json=order_body(quote["id"]))).json()
    order = await followed(node.client, placed["id"], "cosigned")
    retirement = order["report"]["retirement"] | {"amount_ug": "1000000000001"}
    proof = {name: order["proof"][name] for name in ("market", "reference")}
    request = {"kind": "retirement", "report": order["report"] | {"retirement": retirement}, "proof": proof}
    async with httpx.AsyncClient(trust_env=False) as http:
        refused = await http.post(f"{peers[0]}/v1/council/sign", json=request, headers=AUTHORIZED)
        honest = request | {"report": order["report"]}
        signed = await http.post(f"{peers[0]}/v1/council/sign", json=honest, headers=AUTHORIZED)
    assert problem(refused) == (422, "council_refused", ["report.retirement.amount_ug"])
    assert refused.json()["errors"][0]["expected"].startswith("1000000000000,")
    assert signed.status_code == 200 and signed.json()["digest"] == order["certificate"]


async def test_config__for_the_page__names_chain_and_contracts(node: Running, deployed: Deployed) -> None:
    found = (await node.client.get("/config.json")).json()
    assert (found["chain_id"], found["chain_name"], found["dev_wallet"]) == (31337, "Local chain", True)
    assert found["contracts"] == {
        "council": deployed.council.address,
        "ledger": deployed.ledger.address,
        "credits": deployed.credits.address,
        "desk": None,
    }
    assert (found["adapters"], found["payment_tokens"]) == ({}, [])
    assert found["rpc_url"] == deployed.chain.rpc_url and found["explorer_url"] is None
    assert found["methodology"] == "0x" + deployed.deployment.methodology.hex()


async def test_health__marketplace_down__names_it(deployed: Deployed, database_url: str) -> None:
    trade = {"marketplace_url": "http://127.0.0.1:1", "marketplace_key": KEY}
    async with running(node_settings(deployed, database_url, **trade)) as alone:
        response = await alone.client.get("/health")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    checks = response.json()["checks"]
    assert not checks["marketplace"]["ok"] and "ConnectError" in checks["marketplace"]["detail"]
    assert checks["chain"]["ok"] and KEY not in response.text
