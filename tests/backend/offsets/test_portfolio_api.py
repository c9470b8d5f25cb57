"""POST /v1/portfolio: what attestations still take, read from the chain, as orders to confirm."""

from __future__ import annotations

from typing import Any

import pytest
from buyers import TONNE_UG, answer, minted, recorded
from deployed import Deployed
from eth_account.signers.local import LocalAccount
from nodes import Running, new_person, problem, sign_in
from sandbox_server import SandboxServer


async def proposed(node: Running, count: int, **body: Any) -> dict[str, Any]:
    """The proposal, once this node has followed as many attestations."""
    fits = lambda found: len(found["attestations"]) == count  # noqa: E731
    return await answer(node.client, "/v1/portfolio", fits, json=body)


async def test_portfolio__of_an_attestation_in_part_covered__proposes_the_rest_at_its_high_bound(
    node: Running, person: LocalAccount, shop: SandboxServer, deployed: Deployed
) -> None:
    report = await recorded(node.client, person, deployed)
    order = await minted(node.client, person, shop, deployed)
    query = {"account": person.address, "footprint_hash": report["footprint_hash"]}
    given = (await node.client.get(f"/v1/orders/{order['id']}/allocation", params=query)).json()
    assert (given["amount_ug"], given["attestation"]) == (str(TONNE_UG), report["id"])
    deployed.chain.send(person, given["transaction"]["to"], given["transaction"]["data"])

    found = await proposed(node, 1, wishes={"max_price_usd_per_tonne": "40"})
    high_ug = int(report["report"]["footprint"]["high_ug"])
    (uncovered,) = found["attestations"]
    assert (uncovered["id"], int(uncovered["high_ug"])) == (report["id"], high_ug)
    assert int(uncovered["covered_ug"]) == TONNE_UG
    assert int(uncovered["uncovered_ug"]) == int(found["uncovered_ug"]) == high_ug - TONNE_UG
    first = found["orders"][0]
    assert (first["project"], first["price_usd_per_tonne"]) == ("ICR-9001", "3.25")
    parts_ug = sum(int(part["amount_ug"]) for order in found["orders"] for part in order["parts"])
    assert parts_ug + int(found["left_ug"]) == high_ug - TONNE_UG
    assert found["rule"] == "cover 1 attestations at the high bound, removals first, at most 40 USD/t"
    quoted = {name: first[name] for name in ("source_id", "amount_ug")}
    quote = (await node.client.post("/v1/quotes", json=quoted)).json()
    assert (quote["cost_usd"], quote["amount_ug"]) == (first["cost_usd"], first["amount_ug"])


async def test_portfolio__rule_that_no_offer_meets__proposes_nothing_and_says_why(
    node: Running, person: LocalAccount, deployed: Deployed
) -> None:
    report = await recorded(node.client, person, deployed)
    found = await proposed(node, 1, wishes={"max_price_usd_per_tonne": "0.01", "label": ["ccp"]})
    assert (found["orders"], found["cost_usd"]) == ([], "0.00")
    assert found["left"] == [{"attestation": report["id"], "uncovered_ug": found["uncovered_ug"]}]
    assert found["why_left"]["code"] == "none_fits"
    assert "price (4)" in found["why_left"]["detail"] and "labels (4)" in found["why_left"]["detail"]


async def test_portfolio__of_an_account_without_attestations__is_empty(
    node: Running, person: LocalAccount
) -> None:
    found = await proposed(node, 0)
    assert (found["account"], found["orders"], found["left"]) == (person.address, [], [])
    assert (found["uncovered_ug"], found["why_left"]) == ("0", None)


async def test_portfolio__naming_somebody_elses_attestation__is_refused(
    node: Running, person: LocalAccount, deployed: Deployed
) -> None:
    report = await recorded(node.client, person, deployed)
    await proposed(node, 1, attestations=[report["id"].upper().replace("0X", "0x")])
    await sign_in(node.client, new_person())
    response = await node.client.post("/v1/portfolio", json={"attestations": [report["id"]]})
    assert problem(response) == (404, "unknown_attestation", ["attestations[0]"])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"attestations": []}, "attestations"),
        ({"attestations": ["0x12"]}, "attestations[0]"),
        ({"wishes": {"max_price_usd_per_tonne": "-1"}}, "wishes.max_price_usd_per_tonne"),
        ({"wishes": {"max_price_usd_per_tonne": "1e9"}}, "wishes.max_price_usd_per_tonne"),
        ({"wishes": {"label": ["gold"]}}, "wishes.label[0]"),
        ({"wishes": {"vintage_from": 2022, "vintage_to": 2020}}, "vintage_from"),
        ({"wishes": {"colour": "green"}}, "wishes.colour"),
        ({"buy": True}, "buy"),
    ],
    ids=str,
)
async def test_portfolio__bad_field__is_named(
    node: Running, person: LocalAccount, body: dict[str, Any], field: str
) -> None:
    response = await node.client.post("/v1/portfolio", json=body)
    assert problem(response) == (422, "invalid_request", [field])


async def test_portfolio__not_signed_in__is_refused(node: Running) -> None:
    assert problem(await node.client.post("/v1/portfolio", json={}))[:2] == (401, "unauthenticated")
