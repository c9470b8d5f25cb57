"""Receipts over HTTP: of an order for its owner alone, of a certificate for anybody, never of nothing."""

from __future__ import annotations

from buyers import NAME, REASON, TONNE_UG, minted, ordered, pdf, text_of
from deployed import Deployed
from eth_account.signers.local import LocalAccount
from nodes import ORIGIN, Running, new_person, problem, sign_in
from sandbox_server import SandboxServer

from greenledger.offsets.claims import claims_in


async def test_receipt__of_a_minted_order__states_what_chain_and_order_hold(
    node: Running, person: LocalAccount, shop: SandboxServer, deployed: Deployed
) -> None:
    order = await minted(node.client, person, shop, deployed)
    response = await pdf(node.client, f"/v1/orders/{order['id']}/receipt.pdf")
    text = text_of(response)
    for stated in (NAME, REASON, "ICR-9001", "1 t", person.address, order["certificate"], "Council (2)"):
        assert stated in text
    assert order["report"]["retirement"]["evidence"] in text
    assert claims_in(text) == ()
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-disposition"] == (
        f'attachment; filename="receipt-{order["certificate"][2:10]}.pdf"'
    )
    links = f"{ORIGIN}/certificate/{order['certificate']}".encode()
    assert links in response.content


async def test_receipt__of_a_certificate__is_public_and_tells_nothing_that_is_not_on_the_chain(
    node: Running, person: LocalAccount, shop: SandboxServer, deployed: Deployed
) -> None:
    order = await minted(node.client, person, shop, deployed)
    node.client.cookies.clear()
    own = await node.client.get(f"/v1/orders/{order['id']}/receipt.pdf")
    assert problem(own)[:2] == (401, "unauthenticated")
    text = text_of(await pdf(node.client, f"/v1/certificates/{order['certificate']}/receipt.pdf"))
    assert NAME in text and "Council (2)" in text
    assert REASON not in text and "not on the chain" in text and "Paid" not in text


async def test_receipt__of_another_accounts_order__is_not_found(
    node: Running, person: LocalAccount, shop: SandboxServer, deployed: Deployed
) -> None:
    order = await minted(node.client, person, shop, deployed)
    await sign_in(node.client, new_person())
    response = await node.client.get(f"/v1/orders/{order['id']}/receipt.pdf")
    assert problem(response) == (404, "unknown_order", ["id"])


async def test_receipt__before_the_certificate__says_what_the_order_waits_for(
    node: Running, person: LocalAccount, shop: SandboxServer
) -> None:
    order = await ordered(node.client, shop, TONNE_UG)
    response = await node.client.get(f"/v1/orders/{order['id']}/receipt.pdf")
    assert problem(response) == (409, "no_certificate", ["order_id"])
    assert "no receipt" in response.json()["detail"]


async def test_receipt__of_no_certificate__is_refused(node: Running) -> None:
    unknown = await pdf(node.client, f"/v1/certificates/0x{'12' * 32}/receipt.pdf")
    assert problem(unknown) == (404, "unknown_certificate", ["certificate"])
    odd = await node.client.get("/v1/certificates/17/receipt.pdf")
    assert problem(odd) == (422, "invalid_request", ["certificate"])
