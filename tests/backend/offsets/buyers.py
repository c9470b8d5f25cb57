"""What a buyer does over HTTP with real nodes: record a footprint, get a certificate, allocate it."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pypdfium2
from deployed import Deployed
from eth_account.signers.local import LocalAccount
from nodes import stated
from sandbox_server import SandboxServer

TONNE_UG = 10**12
NAME, REASON = "Équipe BLOOM", "Training of BLOOM-176B"


async def recorded(client: httpx.AsyncClient, person: LocalAccount, deployed: Deployed) -> dict[str, Any]:
    """A signed report that its account, who is signed in, has put on the ledger."""
    row = await stated(client)
    response = await client.post("/v1/reports", json={"workload_ids": [row["id"]]})
    assert response.status_code == 201, response.text
    report: dict[str, Any] = response.json()
    deployed.chain.send(person, report["transaction"]["to"], report["transaction"]["data"])
    return report


async def ordered(client: httpx.AsyncClient, shop: SandboxServer, amount_ug: int) -> dict[str, Any]:
    """An order that nobody pays for, just placed."""
    asked = {"source_id": shop.source_id(), "amount_ug": str(amount_ug)}
    quote = (await client.post("/v1/quotes", json=asked)).json()
    body = {"quote_id": quote["id"], "beneficiary_name": NAME, "message": REASON}
    placed = await client.post("/v1/orders", json=body)
    assert placed.status_code == 201, placed.text
    order: dict[str, Any] = placed.json()
    return order


async def minted(
    client: httpx.AsyncClient,
    person: LocalAccount,
    shop: SandboxServer,
    deployed: Deployed,
    amount_ug: int = TONNE_UG,
) -> dict[str, Any]:
    """An order whose certificate the person has minted."""
    path = f"/v1/orders/{(await ordered(client, shop, amount_ug))['id']}"
    signed = await answer(client, path, lambda order: order["state"] == "cosigned")
    deployed.chain.send(person, signed["transaction"]["to"], signed["transaction"]["data"])
    return await answer(client, path, lambda order: order["state"] == "minted")


async def answer(client: httpx.AsyncClient, path: str, fits: Any, **request: Any) -> dict[str, Any]:
    """Asks, by POST if there is a body, until the answer fits."""
    method = "POST" if "json" in request else "GET"
    response = httpx.Response(0)
    for _ in range(150):
        response = await client.request(method, path, **request)
        if response.status_code == 200 and fits(response.json()):
            found: dict[str, Any] = response.json()
            return found
        await asyncio.sleep(0.1)
    raise AssertionError(f"{path} stayed {response.status_code} {response.text}")


async def pdf(client: httpx.AsyncClient, path: str) -> httpx.Response:
    """A receipt, once this node has followed what it rests on."""
    for _ in range(150):
        response = await client.get(path)
        if response.status_code != 503:
            return response
        await asyncio.sleep(0.1)
    raise AssertionError(f"{path} stayed {response.text}")


def text_of(response: httpx.Response) -> str:
    """What a reader copies from the one page."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/pdf"
    document = pypdfium2.PdfDocument(response.content)
    assert len(document) == 1
    return " ".join(document[0].get_textpage().get_text_range().split())
