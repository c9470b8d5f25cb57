"""Quotes with a payment token over HTTP: what is signed, what the payer sends, what is refused by name."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from deployed import Deployed, deploy_contracts, running_chain
from desk import FUNDS, Desk, deploy_desk
from eth_account.signers.local import LocalAccount
from nodes import Running, new_person, node_settings, problem, running, sign_in
from pydantic import ValidationError
from sandbox_server import SandboxServer

from greenledger.evidence.typed_data import order_from_json
from greenledger.evidence.words import as_hex

TONNE_UG = 10**12


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Deployed, Desk]]:
    with running_chain() as chain:
        file = tmp_path_factory.mktemp("desk") / "deployment.json"
        deployed = deploy_contracts(chain, file)
        made = deploy_desk(deployed)
        content = json.loads(file.read_text())
        content["contracts"]["RetirementDesk"] = {"address": made.desk.address}
        file.write_text(json.dumps(content))
        yield deployed, made


def selling(desk: tuple[Deployed, Desk], trade: dict[str, Any]) -> dict[str, Any]:
    token = {"address": desk[1].token.address.lower(), "symbol": "USDC", "decimals": 6}
    key = as_hex(bytes(desk[1].seller.key))
    return trade | {"seller_key": key, "payment_tokens": [token], "seller_fee_ppm": 10_000}


@pytest.fixture
async def node(
    desk: tuple[Deployed, Desk], database_url: str, trade: dict[str, Any], shop: SandboxServer
) -> AsyncIterator[Running]:
    """A node that sells at the desk; the only one of its council, so that it signs nothing."""
    shop.switch_faults()
    settings = node_settings(desk[0], database_url, **selling(desk, trade))
    async with running(settings) as started:
        yield started


@pytest.fixture
async def person(node: Running, desk: tuple[Deployed, Desk]) -> LocalAccount:
    """Somebody who is signed in and has ether and tokens."""
    someone = new_person()
    desk[1].chain.fund(someone.address)
    desk[1].chain.transact(desk[1].token, "mint", someone.address, FUNDS, sender=desk[1].seller)
    await sign_in(node.client, someone)
    return someone


def body(desk: tuple[Deployed, Desk], shop: SandboxServer, **changes: Any) -> dict[str, Any]:
    usual = {
        "source_id": shop.source_id(),
        "amount_ug": str(TONNE_UG),
        "payment_token": desk[1].token.address,
        "beneficiary_name": "Équipe BLOOM",
        "reason": "Training of BLOOM-176B",
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


async def test_quote__with_a_payment_token__is_an_order_that_the_desk_takes(
    node: Running, person: LocalAccount, desk: tuple[Deployed, Desk], shop: SandboxServer
) -> None:
    friend = new_person().address
    asked = body(desk, shop, holder=friend.lower(), min_share_ppm=250_000)
    response = await node.client.post("/v1/quotes", json=asked)
    assert response.status_code == 201, response.text
    quote = response.json()
    # 1 t at 3.25 USD and one per cent, rounded up to a cent.
    assert (quote["cost_usd"], quote["fee_usd"]) == ("3.25", "0.04")
    struct = order_from_json(quote["desk"]["order"])
    assert (struct.price, struct.payer, struct.holder) == (3_290_000, person.address, friend)
    assert (struct.amount_ug, struct.min_ug, struct.beneficiary) == (TONNE_UG, TONNE_UG // 4, "Équipe BLOOM")
    assert struct.quote_until == quote["expires_at"]

    shown = (await node.client.get(f"/v1/orders/{quote['order']}")).json()
    assert (shown["state"], shown["waits_for"]) == ("quoted", "Waits for your payment into the desk.")
    assert shown["desk"]["transactions"] == quote["desk"]["transactions"]
    for transaction in quote["desk"]["transactions"]:
        desk[1].chain.send(person, transaction["to"], transaction["data"])
    identity = quote["desk"]["id"]
    assert desk[1].desk.functions.order_state(identity).call() == 1

    state = ""
    for _ in range(200):
        shown = (await node.client.get(f"/v1/orders/{quote['order']}")).json()
        state = shown["state"]
        if state == "retired" and shown["error"]:
            break
        await asyncio.sleep(0.1)
    assert (state, shown["error"]["code"]) == ("retired", "not_enough_signatures")
    assert [step["state"] for step in shown["steps"]] == ["quoted", "paid", "placed", "retired"]
    assert shown["steps"][1]["transaction"].startswith("0x")
    assert shown["desk"]["transactions"] == [] and shown["transaction"] is None
    assert shown["message"] == "Training of BLOOM-176B"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"beneficiary_name": None}, (422, "payment_incomplete", ["beneficiary_name"])),
        ({"reason": None}, (422, "payment_incomplete", ["reason"])),
        ({"payment_token": "0x" + "77" * 20}, (422, "token_not_allowed", ["payment_token"])),
        ({"payment_token": "USDC"}, (422, "invalid_request", ["payment_token"])),
        ({"holder": "0x" + "00" * 20}, (422, "invalid_request", ["holder"])),
        ({"min_share_ppm": 0}, (422, "invalid_request", ["min_share_ppm"])),
        ({"min_share_ppm": 1_000_001}, (422, "invalid_request", ["min_share_ppm"])),
        ({"reason": "x" * 434}, (422, "invalid_request", ["reason"])),
        ({"beneficiary_name": "é" * 33}, (422, "invalid_request", ["beneficiary_name"])),
        ({"amount_ug": "1"}, (422, "amount_not_offered", ["amount_ug"])),
    ],
    ids=str,
)
async def test_quote__bad_field__is_named(
    node: Running,
    person: LocalAccount,
    desk: tuple[Deployed, Desk],
    shop: SandboxServer,
    changes: dict[str, Any],
    expected: tuple[int, str, list[str]],
) -> None:
    response = await node.client.post("/v1/quotes", json=body(desk, shop, **changes))
    assert problem(response) == expected


async def test_order__of_a_desks_quote__is_that_order_and_not_one_that_nobody_pays(
    node: Running, person: LocalAccount, desk: tuple[Deployed, Desk], shop: SandboxServer
) -> None:
    quote = (await node.client.post("/v1/quotes", json=body(desk, shop))).json()
    ordered = {"beneficiary_name": "Équipe BLOOM", "message": "Training of BLOOM-176B"}
    response = await node.client.post("/v1/orders", json={"quote_id": quote["id"]} | ordered)
    assert (response.status_code, response.json()["state"]) == (200, "quoted")
    changed = {"quote_id": quote["id"]} | ordered | {"beneficiary_name": "Others"}
    response = await node.client.post("/v1/orders", json=changed)
    assert problem(response) == (409, "quote_used", ["quote_id"])


def test_settings__keystore_without_password_or_beside_a_key__are_refused(
    desk: tuple[Deployed, Desk], trade: dict[str, Any], tmp_path: Path
) -> None:
    sales = selling(desk, trade)
    with pytest.raises(ValidationError, match="seller_password is not"):
        node_settings(desk[0], "sqlite+aiosqlite://", **trade, seller_keystore=tmp_path / "key.json")
    with pytest.raises(ValidationError, match="expected one of them"):
        node_settings(
            desk[0],
            "sqlite+aiosqlite://",
            **sales,
            seller_keystore=tmp_path / "k",
            seller_password="p",  # noqa: S106
        )
