"""The sandbox answers in the shapes of the marketplace's public guide."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from sandbox_server import SandboxServer

SHAPES: dict[str, Any] = json.loads((Path(__file__).parent / "expected_shapes.json").read_text())
TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


def assert_shape(value: dict[str, Any], shape: str) -> None:
    for field, kind in SHAPES[shape].items():
        assert field in value, f"{shape}.{field} is missing"
        if value[field] is None:
            assert kind.endswith("?"), f"{shape}.{field} is null"
            continue
        expected = TYPES[kind.rstrip("?")]
        assert isinstance(value[field], expected), f"{shape}.{field} is not a {kind}"
        assert kind.startswith("boolean") or not isinstance(value[field], bool), (
            f"{shape}.{field} is a boolean"
        )


@pytest.fixture(scope="module")
def completed(market: SandboxServer) -> dict[str, Any]:
    quote = market.quote(2.25)
    market.order(quote["uuid"], beneficiary_address="0x" + "ab" * 20)
    market.pass_time(1000)
    order: dict[str, Any] = market.get("/orders", with_key=True, quote_uuid=quote["uuid"]).json()[0]
    return order


def test_projects__first_page__have_the_published_shape(market: SandboxServer) -> None:
    page = market.get("/carbonProjects").json()
    assert page["items"]
    for project in page["items"]:
        assert_shape(project, "project")


def test_projects__each__says_that_it_is_a_fixture(market: SandboxServer) -> None:
    names = [
        item["name"]
        for page in ("1", "2")
        for item in market.get("/carbonProjects", page=page).json()["items"]
    ]
    assert len(names) == 4
    assert all("SANDBOX fixture, not a real project" in name for name in names)


def test_prices__all__have_the_published_shape(market: SandboxServer) -> None:
    prices = market.get("/prices").json()
    assert len(prices) == 4
    for price in prices:
        assert_shape(price, "price")
        assert_shape(price["listing"], "listing")
        assert_shape(price["listing"]["token"], "token")
        assert_shape(price["listing"]["creditId"], "credit")
        assert re.fullmatch(r"listing-\d+-0x[0-9a-f]{64}", price["sourceId"])


def test_quote__fresh__has_the_published_shape_and_is_not_consumed(market: SandboxServer) -> None:
    quote = market.quote()
    assert_shape(quote, "quote")
    assert quote["consumed"] == 0


def test_order__submitted__has_null_proof_fields(market: SandboxServer) -> None:
    order = market.order(market.quote()["uuid"]).json()
    assert_shape(order, "order")
    assert order["status"] == "SUBMITTED"
    assert order["quote"]["consumed"] == 1
    proof = ("transaction_hash", "on_chain_explorer_url", "view_retirement_url", "completed_at")
    assert [order[field] for field in proof] == [None, None, None, None]


def test_order__completed__has_its_transaction(completed: dict[str, Any]) -> None:
    assert_shape(completed, "order")
    assert completed["status"] == "COMPLETED"
    assert re.fullmatch(r"0x[0-9a-f]{64}", completed["transaction_hash"])


def test_retirement__by_hash_and_by_id__is_the_same(market: SandboxServer, completed: dict[str, Any]) -> None:
    (listed,) = market.get("/retirements", hash=completed["transaction_hash"]).json()
    assert_shape(listed, "retirement")
    assert_shape(listed["creditId"], "credit")
    assert listed["id"] == f"84532-{completed['transaction_hash']}-0"
    assert market.get(f"/retirements/{listed['id']}").json() == listed


def test_provenance__of_a_retirement__has_serial_numbers(
    market: SandboxServer, completed: dict[str, Any]
) -> None:
    records = market.get(f"/retirements/84532-{completed['transaction_hash']}-0/provenance").json()
    for record in records:
        assert_shape(record, "provenance")
    assert re.fullmatch(r"ICR-9001-2022-SANDBOX-\d+-\d+", records[0]["registrySerialNumbers"][0])


def test_certificate__of_a_retirement__is_a_pdf_that_says_sandbox(
    market: SandboxServer, completed: dict[str, Any]
) -> None:
    reply = market.get(f"/retirements/84532-{completed['transaction_hash']}-0/certificate")
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.content.startswith(b"%PDF-1.4") and b"NOT A REAL RETIREMENT" in reply.content


def test_error__any__has_the_assumed_shape(market: SandboxServer) -> None:
    reply = market.order("no-such-quote")
    assert reply.status_code == 400
    assert_shape(reply.json(), "error")
