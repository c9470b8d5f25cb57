"""The three contracts: recorded replies, the sandbox's replies, and what the adapters make of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import httpx
import pytest
from market_clients import CNAUGHT_PATH, ISOMETRIC_PATH, STOVES, isometric_at
from recorded import (
    assert_cnaught_order,
    assert_isometric_page,
    assert_isometric_retirement,
    assert_shape,
    recorded,
)
from sandbox_server import KEY, SandboxServer
from scripted_server import ScriptedServer, as_json

from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.cnaught.adapter import CNaught
from greenledger.offsets.errors import MarketRefused
from greenledger.offsets.isometric.account import Account
from greenledger.offsets.market import OrderState, Purchase

BUYER = "0x" + "ab" * 20
RETIREMENT = "8453-0x1ee2facc42147cc6f6cd1fcdca4e3748d2b41b089fafac46515318bbce4f633c-0"
CNAUGHT_QUOTE = "q1e8480.9f6.6a82cd90.0011223344ff.sbxstoves001"
ISOMETRIC_QUOTE = "q2dcaa8.16bfe.6a82cd90.0011223344ff.ctb_1DRBTYA8Q1S07CBY"
RET = "ret_1FYBH4QDT1S0SVKF"


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("prices", "price"),
        ("projects", "project"),
        ("quote", "quote"),
        ("order", "order"),
        ("retirement", "retirement"),
        ("provenance", "provenance"),
    ],
)
def test_carbonmark__recorded_reply__has_the_shape_relied_on(name: str, shape: str) -> None:
    found = recorded("carbonmark", name)
    entries = found["items"] if name == "projects" else found if isinstance(found, list) else [found]
    for entry in entries:
        assert_shape(entry, "carbonmark", shape)


def test_cnaught__recorded_replies__have_the_shapes_relied_on() -> None:
    assert_shape(recorded("cnaught", "quote"), "cnaught", "quote")
    assert_shape(recorded("cnaught", "problem"), "cnaught", "problem")
    assert_cnaught_order(recorded("cnaught", "order_placed"))
    assert_cnaught_order(recorded("cnaught", "order_fulfilled"))


def test_isometric__recorded_replies__have_the_shapes_relied_on() -> None:
    assert_isometric_retirement(recorded("isometric", "retirement"))
    assert_isometric_page(recorded("isometric", "credit_batches"), "credit_batch")
    assert_isometric_page(recorded("isometric", "own_batches"), "credit_batch")


async def test_carbonmark__recorded_replies__are_understood(
    odd_market: Carbonmark, scripted: ScriptedServer
) -> None:
    scripted.will("GET /prices", as_json(recorded("carbonmark", "prices")))
    scripted.will("GET /carbonProjects", as_json(recorded("carbonmark", "projects")))
    scripted.will("POST /quotes", as_json(recorded("carbonmark", "quote")))
    scripted.will("GET /orders", as_json(recorded("carbonmark", "order")))
    scripted.will("GET /retirements", as_json([recorded("carbonmark", "retirement")]))
    scripted.will(f"GET /retirements/{RETIREMENT}", as_json(recorded("carbonmark", "retirement")))
    provenance = as_json(recorded("carbonmark", "provenance"))
    scripted.will(f"GET /retirements/{RETIREMENT}/provenance", provenance)
    (offer,) = await odd_market.projects()
    assert (offer.kind, offer.methodology, offer.market) == (
        "Renewable Energy",
        "Grid connected renewable electricity generation",
        "carbonmark",
    )
    assert (offer.removal, offer.labels) == (None, None)
    quote = await odd_market.quote(offer.source_id, 1_500_000_000_000)
    assert quote.cost_cents == 641
    order = await odd_market.poll(quote.reference)
    assert order is not None and (order.state, order.retirement) == (OrderState.RETIRED, RETIREMENT)
    proof = await odd_market.proof(RETIREMENT)
    assert (proof.serials, proof.retired_at) == ("ICR-112-2021-1-1500", 1786957263)


async def test_cnaught__recorded_replies__are_understood(
    odd_cnaught: CNaught, scripted: ScriptedServer
) -> None:
    placed, fulfilled = recorded("cnaught", "order_placed"), recorded("cnaught", "order_fulfilled")
    scripted.will(f"GET {CNAUGHT_PATH}/orders", as_json({"data": [placed]}))
    scripted.will(f"GET {CNAUGHT_PATH}/orders/Gre28Fc35bt3", as_json(fulfilled))
    first = await odd_cnaught.poll(CNAUGHT_QUOTE)
    assert first is not None and (first.state, first.status) == (OrderState.PENDING, "placed")
    second = await odd_cnaught.poll(CNAUGHT_QUOTE)
    assert second is not None and (second.state, second.retirement) == (OrderState.RETIRED, "Gre28Fc35bt3/0")
    proof = await odd_cnaught.proof("Gre28Fc35bt3/0")
    assert (proof.registry, proof.project, proof.vintage) == ("gs", "GS7495", 2025)
    assert (proof.amount_ug, proof.beneficiary) == (2 * 10**12, "Team")
    assert (proof.retired_at, proof.not_told) == (1786957260, ("retired_at",))
    assert proof.url == "https://registry.example/retirements/1"


async def test_cnaught__order_that_is_placed__is_sent_as_documented(
    odd_cnaught: CNaught, scripted: ScriptedServer
) -> None:
    scripted.will(f"GET {CNAUGHT_PATH}/orders", as_json({"data": []}))
    scripted.will(f"POST {CNAUGHT_PATH}/quotes", as_json(recorded("cnaught", "quote")))
    scripted.will(f"POST {CNAUGHT_PATH}/orders", as_json(recorded("cnaught", "order_placed"), 201))
    odd_cnaught._clock = lambda: 1786957200.0
    await odd_cnaught.place(Purchase(CNAUGHT_QUOTE, "Team", BUYER, "A test"))
    (sent,) = [asked for asked in scripted.asked if asked.method == "POST" and asked.path.endswith("/orders")]
    assert sent.headers["idempotency-key"] == CNAUGHT_QUOTE
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    body: dict[str, Any] = httpx.Response(200, content=sent.body).json()
    assert set(body) == {"amount_kg", "portfolio_id", "metadata", "description"}
    assert (body["amount_kg"], body["portfolio_id"]) == (2000, STOVES.id)
    assert body["description"] == "On behalf of Team"


async def test_cnaught__problem_document__is_the_reason_with_its_code(
    odd_cnaught: CNaught, scripted: ScriptedServer
) -> None:
    scripted.will(f"POST {CNAUGHT_PATH}/quotes", as_json(recorded("cnaught", "problem"), 400))
    with pytest.raises(MarketRefused, match="amount_kg must be greater than 0") as caught:
        await odd_cnaught.projects()
    assert caught.value.code == "invalid-parameters"


async def test_isometric__recorded_replies__are_understood(
    scripted: ScriptedServer, client: httpx.AsyncClient
) -> None:
    owner = "org_1GB56M1ST1S0GVNA"
    market = isometric_at(client, scripted.url, account=Account(owner, Decimal("310.5")))
    page = {"has_next_page": False, "end_cursor": None}
    listed = {"nodes": [recorded("isometric", "retirement")], "total_count": 1, "page_info": page}
    own = as_json(recorded("isometric", "own_batches"))
    scripted.will(f"GET {ISOMETRIC_PATH}/organisations/{owner}/credit_batches", own)
    scripted.will(f"GET {ISOMETRIC_PATH}/retirements", as_json(listed))
    scripted.will(f"GET {ISOMETRIC_PATH}/retirements/{RET}", as_json(recorded("isometric", "retirement")))
    batches = as_json(recorded("isometric", "credit_batches"))
    scripted.will(f"GET {ISOMETRIC_PATH}/retirements/{RET}/credit_batches", batches)
    (offer,) = await market.projects()
    assert (offer.project, offer.vintage, offer.available_ug) == ("F5X7", 2024, 90_000 * 10**9)
    order = await market.poll(ISOMETRIC_QUOTE)
    assert order is not None and (order.state, order.retirement) == (OrderState.RETIRED, RET)
    proof = await market.proof(RET)
    assert proof.serials == "ISO-1-BSTORE-GBR-F5X7-2024-78177-81177"
    assert (proof.amount_ug, proof.beneficiary_address) == (3001 * 10**9, BUYER)
    assert (proof.message, proof.retired_at) == ("A test", 1786957260)
    assert scripted.asked[0].headers["x-client-secret"] == KEY


def test_sandbox__cnaught__answers_in_the_shapes_relied_on(sandbox: SandboxServer) -> None:
    body = {"amount_kg": 1500, "metadata": "m", "description": "On behalf of Team"}
    assert_shape(sandbox.post("/cnaught/v1/quotes", {"amount_kg": 1500}).json(), "cnaught", "quote")
    placed = sandbox.post("/cnaught/v1/orders", body)
    assert placed.status_code == 201
    assert_cnaught_order(placed.json())
    sandbox.pass_time(10)
    (done,) = sandbox.get("/cnaught/v1/orders", with_key=True).json()["data"]
    assert_cnaught_order(done)
    assert done["project_allocations"] and done["state"] == "fulfilled"
    refused = sandbox.post("/cnaught/v1/orders", {})
    assert refused.headers["content-type"] == "application/problem+json"
    assert_shape(refused.json(), "cnaught", "problem")


def test_sandbox__isometric__answers_in_the_shapes_relied_on(sandbox: SandboxServer) -> None:
    base = "/isometric/registry/v0"
    owned = sandbox.get(f"{base}/organisations/org_SANDBOX0000000001/credit_batches", with_key=True).json()
    assert_isometric_page(owned, "credit_batch")
    batch = owned["nodes"][0]
    body = {
        "owner_organisation_id": "org_SANDBOX0000000001",
        "beneficiary_organisation_id": "org_SANDBOX0000000002",
        "supplier_id": batch["supplier_id"],
        "retirement_purposes": ["other"],
        "notes": None,
        "credit_batch_quantities": [{"credit_batch_id": batch["id"], "credit_quantity_kg": 5}],
    }
    made = sandbox.post(f"{base}/retirements", body).json()
    assert_isometric_retirement(made)
    assert_isometric_page(sandbox.get(f"{base}/retirements", with_key=True).json(), "retirement")
    batches = sandbox.get(f"{base}/retirements/{made['id']}/credit_batches", with_key=True).json()
    assert_isometric_page(batches, "credit_batch")
