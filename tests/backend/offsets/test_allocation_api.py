"""GET /v1/orders/{id}/allocation: what the holder sends, for an own attestation or as a gift."""

from __future__ import annotations

from buyers import TONNE_UG, minted, ordered, recorded
from deployed import Deployed
from eth_account.signers.local import LocalAccount
from nodes import Running, new_person, problem, sign_in
from sandbox_server import SandboxServer


async def test_allocation__to_another_accounts_attestation__covers_it_once_the_holder_has_sent_it(
    node: Running, person: LocalAccount, shop: SandboxServer, deployed: Deployed
) -> None:
    friend = new_person()
    deployed.chain.fund(friend.address)
    await sign_in(node.client, friend)
    report = await recorded(node.client, friend, deployed)
    await sign_in(node.client, person)
    order = await minted(node.client, person, shop, deployed)
    path = f"/v1/orders/{order['id']}/allocation"
    query = {"account": friend.address.lower(), "footprint_hash": report["footprint_hash"]}
    asked = (await node.client.get(path, params=query | {"amount_ug": "1"})).json()
    assert (asked["sender"], asked["account"]) == (person.address, friend.address)
    deployed.chain.send(person, asked["transaction"]["to"], asked["transaction"]["data"])
    assert deployed.ledger.functions.attestation(report["id"]).call()[3] == 1

    rest = (await node.client.get(path, params=query)).json()
    assert rest["amount_ug"] == str(TONNE_UG - 1)
    too_much = await node.client.get(path, params=query | {"amount_ug": str(TONNE_UG)})
    assert problem(too_much) == (409, "amount_not_left", ["amount_ug"])
    nothing = await node.client.get(path, params=query | {"footprint_hash": "0x" + "12" * 32})
    assert problem(nothing) == (404, "unknown_attestation", ["footprint_hash"])
    await sign_in(node.client, friend)
    assert problem(await node.client.get(path, params=query)) == (404, "unknown_order", ["id"])


async def test_allocation__of_an_order_without_a_certificate__is_refused(
    node: Running, person: LocalAccount, shop: SandboxServer
) -> None:
    order = await ordered(node.client, shop, TONNE_UG)
    query = {"account": person.address, "footprint_hash": "0x" + "12" * 32}
    response = await node.client.get(f"/v1/orders/{order['id']}/allocation", params=query)
    assert problem(response) == (409, "no_certificate", ["order_id"])
