"""The sandbox as the Isometric registry: batches split, retirements are public, serials never meet."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sandbox_server import KEY, SandboxServer

BASE = "/isometric/registry/v0"
OWNER = "org_SANDBOX0000000001"


def batches(market: SandboxServer) -> list[dict[str, Any]]:
    path = f"{BASE}/organisations/{OWNER}/credit_batches"
    found: list[dict[str, Any]] = market.get(path, with_key=True, first="50").json()["nodes"]
    return found


def active(market: SandboxServer, project: str = "SBX1") -> dict[str, Any]:
    return next(
        one for one in batches(market) if one["status"] == "active" and project in one["serial_number"]
    )


def retire(market: SandboxServer, **changes: Any) -> httpx.Response:
    batch = active(market)
    usual = {
        "owner_organisation_id": OWNER,
        "beneficiary_organisation_id": "org_SANDBOX0000000002",
        "supplier_id": batch["supplier_id"],
        "retirement_purposes": ["other"],
        "notes": "a note",
        "credit_batch_quantities": [{"credit_batch_id": batch["id"], "credit_quantity_kg": 250}],
    }
    return market.post(f"{BASE}/retirements", usual | changes)


def test_keys__one_of_two_missing__is_refused(market: SandboxServer) -> None:
    url = f"{market.url}{BASE}/retirements"
    for headers in ({"authorization": f"Bearer {KEY}"}, {"x-client-secret": KEY}, {}):
        assert httpx.get(url, headers=headers, trust_env=False).status_code == 401


def test_retirement__of_part_of_a_batch__splits_it_and_keeps_its_lineage(market: SandboxServer) -> None:
    before = active(market)
    made = retire(market).json()
    assert made["credit_batch_size_total"] == {"credits": 0.25, "credit_kgs": 250}
    (done,) = market.get(f"{BASE}/retirements/{made['id']}/credit_batches", with_key=True).json()["nodes"]
    rest = active(market)
    assert before["id"] not in {one["id"] for one in batches(market)}
    assert (done["parent_id"], rest["parent_id"]) == (before["id"], before["id"])
    assert (done["status"], done["retirement_id"]) == ("retired", made["id"])
    sizes = [one["size"]["credit_kgs"] for one in (done, rest)]
    assert sum(sizes) == before["size"]["credit_kgs"] and sizes[0] == 250
    assert int(rest["serial_number"].split("-")[-2]) == int(done["serial_number"].split("-")[-1]) + 1


@pytest.mark.parametrize(
    "changes",
    [
        {"owner_organisation_id": "org_another"},
        {"beneficiary_organisation_id": "org_another"},
        {"supplier_id": "spl_SANDBOX000000002"},
        {"retirement_purposes": []},
        {"retirement_purposes": ["fun"]},
        {"notes": "x" * 257},
        {"credit_batch_quantities": []},
        {"credit_batch_quantities": [{"credit_batch_id": "ctb_none", "credit_quantity_kg": 1}]},
        {"credit_batch_quantities": [{"credit_batch_id": "ctb_none", "credit_quantity_kg": 1.5}]},
    ],
    ids=str,
)
def test_retirement__bad_field__is_refused_with_422_and_nothing_is_retired(
    market: SandboxServer, changes: dict[str, Any]
) -> None:
    before = batches(market)
    reply = retire(market, **changes)
    assert reply.status_code == 422 and reply.json()["detail"][0]["msg"]
    assert batches(market) == before


def test_retirement__more_than_the_batch_has__is_refused_whole(market: SandboxServer) -> None:
    batch = active(market)
    too_much = [{"credit_batch_id": batch["id"], "credit_quantity_kg": batch["size"]["credit_kgs"] + 1}]
    assert retire(market, credit_batch_quantities=too_much).status_code == 422
    assert active(market) == batch


def test_retirement__from_oldest_credits__takes_the_first_serials(market: SandboxServer) -> None:
    batch = active(market)
    body = {
        "owner_organisation_id": OWNER,
        "beneficiary_organisation_id": OWNER,
        "supplier_id": batch["supplier_id"],
        "retirement_purposes": ["other"],
        "notes": None,
        "credit_quantity_kg": 10,
    }
    made = market.post(f"{BASE}/retirements/from_oldest_credits", body).json()
    (done,) = market.get(f"{BASE}/retirements/{made['id']}/credit_batches", with_key=True).json()["nodes"]
    assert done["serial_number"].split("-")[-2] == batch["serial_number"].split("-")[-2]
    too_much = body | {"credit_quantity_kg": 10**9}
    assert market.post(f"{BASE}/retirements/from_oldest_credits", too_much).status_code == 422


def test_retirements__by_pages__are_newest_first_and_each_once(market: SandboxServer) -> None:
    made = [retire(market).json()["id"] for _ in range(3)]
    first = market.get(f"{BASE}/retirements", with_key=True, first="2").json()
    assert [node["id"] for node in first["nodes"]] == made[:0:-1]
    assert first["page_info"]["has_next_page"]
    cursor = first["page_info"]["end_cursor"]
    second = market.get(f"{BASE}/retirements", with_key=True, first="2", after=cursor).json()
    assert second["nodes"][0]["id"] == made[0]
