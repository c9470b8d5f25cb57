"""The receipt of a paid order: what the desk paid to the seller, to the base unit."""

from __future__ import annotations

import json
from pathlib import Path

from buyers import pdf, text_of
from deployed import Deployed
from desk import Desk
from desk_bench import NAME, REASON, DeskBench
from nodes import new_person, node_settings, problem, running, sign_in

from greenledger.offsets.claims import claims_in

EXPLORER = "https://explorer.example"


async def test_receipt__of_a_paid_order__states_price_fee_and_both_transactions(
    bench: DeskBench, shop: tuple[Deployed, Desk], database_url: str, tmp_path: Path
) -> None:
    friend = new_person()
    order = await bench.until((await bench.paid(holder=friend.address)).id, "minted")
    deployed, desk = shop
    content = json.loads(deployed.file.read_text())
    content["contracts"]["RetirementDesk"] = {"address": desk.desk.address}
    file = tmp_path / "deployment.json"
    file.write_text(json.dumps(content))
    token = {"address": desk.token.address, "symbol": "USDC", "decimals": 6}
    settings = node_settings(
        deployed,
        database_url,
        deployment=file,
        explorer_url=EXPLORER,
        seller_key=desk.seller.key.to_0x_hex(),
        payment_tokens=[token],
    )
    async with running(settings) as node:
        await sign_in(node.client, bench.buyer)
        response = await pdf(node.client, f"/v1/orders/{order.id}/receipt.pdf")
        await sign_in(node.client, friend)
        others = await node.client.get(f"/v1/orders/{order.id}/receipt.pdf")
    text = text_of(response)
    hashes = {step.state: step.transaction_hash or "none" for step in order.steps}
    # 2 t at 3.25 USD and 2.5 % of fee, in a token with six decimals.
    stated = (NAME, REASON, friend.address, "6.67 USDC, of which fees 0.17 USDC", "3.25 USD per tonne")
    for one in (*stated, hashes["paid"], hashes["minted"], "Council (2)"):
        assert one in text
    assert f"{EXPLORER}/tx/{hashes['minted']}".encode() in response.content
    assert claims_in(text) == ()
    assert problem(others) == (404, "unknown_order", ["id"])
