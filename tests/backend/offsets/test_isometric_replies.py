"""The registry's replies with holes, oddities and lies: each is tolerated or refused with the field named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from market_clients import ACCOUNT, ISOMETRIC_PATH
from recorded import recorded
from scripted_server import ScriptedServer, as_json

from greenledger.offsets.errors import MarketRefused, MarketUnavailable, ProofUnusable
from greenledger.offsets.isometric.adapter import Isometric
from greenledger.offsets.market import OrderState, Purchase

RET = "ret_1FYBH4QDT1S0SVKF"
QUOTE = "q2dcaa8.16bfe.6a82cd90.0011223344ff.ctb_1DRBTYA8Q1S07CBY"
LIST = f"GET {ISOMETRIC_PATH}/retirements"
HEAD, BATCHES = f"{LIST}/{RET}", f"{LIST}/{RET}/credit_batches"
OWN = f"GET {ISOMETRIC_PATH}/organisations/{ACCOUNT.organisation}/credit_batches"
LAST_PAGE = {"has_next_page": False, "end_cursor": None}


def head(**changes: Any) -> dict[str, Any]:
    value: dict[str, Any] = recorded("isometric", "retirement")
    return {name: item for name, item in (value | changes).items() if item != "left out"}


def batches(**changes: Any) -> dict[str, Any]:
    value: dict[str, Any] = recorded("isometric", "credit_batches")
    value["nodes"] = [
        {name: item for name, item in (node | changes).items() if item != "left out"}
        for node in value["nodes"]
    ]
    return value


def page(*nodes: Any, **info: Any) -> dict[str, Any]:
    return {"nodes": list(nodes), "total_count": len(nodes), "page_info": LAST_PAGE | info}


async def test_proof__with_unknown_fields_and_without_optional_ones__is_understood(
    odd_isometric: Isometric, scripted: ScriptedServer
) -> None:
    scripted.will(HEAD, as_json(head(purposes="left out", new_field={"a": [1]}, notes=None)))
    scripted.will(BATCHES, as_json(batches(ccp_approved="left out", removal_id=None, more=1)))
    proof = await odd_isometric.proof(RET)
    assert (proof.beneficiary_address, proof.message, proof.project) == ("", "", "F5X7")


async def test_proof__of_batches_that_follow_each_other__names_one_range(
    odd_isometric: Isometric, scripted: ScriptedServer
) -> None:
    book, numbers = "ISO-1-BSTORE-GBR-F5X7-2024", ("78177-79000", "79001-81176", "81177-81177")
    sizes = (824, 2176, 1)
    nodes = [
        batches(serial_number=f"{book}-{number}", size={"credit_kgs": size})["nodes"][0]
        for number, size in zip(numbers, sizes, strict=True)
    ]
    scripted.will(HEAD, as_json(head()))
    scripted.will(BATCHES, as_json(page(*nodes)))
    assert (await odd_isometric.proof(RET)).serials == f"{book}-78177-81177"


@pytest.mark.parametrize("notes", ["Retired with care.", "q1.2 0x12 x", "0x" + "ab" * 20])
async def test_proof__notes_of_somebody_else__name_no_address(
    odd_isometric: Isometric, scripted: ScriptedServer, notes: str
) -> None:
    scripted.will(HEAD, as_json(head(notes=notes)))
    scripted.will(BATCHES, as_json(batches()))
    assert (await odd_isometric.proof(RET)).beneficiary_address == ""


@pytest.mark.parametrize(
    ("retirement", "listed", "says"),
    [
        (head(id="ret_1CGV2XADRSBX1CHB"), batches(), "id: found ret_1CGV2XADRSBX1CHB"),
        (head(), batches(status="active"), "is active, expected retired"),
        (head(), batches(status="cancelled"), "is cancelled, expected retired"),
        (head(), batches(retirement_id="ret_1CGV2XADRSBX1CHB"), "expected retired"),
        (head(), batches(serial_number="ISO-1-BSTORE-GBR-F5X7-2024-9-1"), "serial_number"),
        (head(), batches(serial_number="GS1-1-KE-GS7495-16-2025-30645-1-2"), "serials of isometric"),
        (head(), page(), "found 0 projects"),
        (head(), batches() | {"total_count": 2}, "found 1, expected all 2"),
        (head(credit_batch_size_total={"credit_kgs": 3000}), batches(), "not the sum"),
    ],
    ids=str,
)
async def test_proof__that_a_certificate_cannot_be_made_of__names_the_field(
    odd_isometric: Isometric,
    scripted: ScriptedServer,
    retirement: dict[str, Any],
    listed: dict[str, Any],
    says: str,
) -> None:
    scripted.will(HEAD, as_json(retirement))
    scripted.will(BATCHES, as_json(listed))
    with pytest.raises(ProofUnusable, match=says):
        await odd_isometric.proof(RET)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"retired_at": "yesterday"}, "retired_at"),
        ({"retired_at": "left out"}, "retired_at"),
        ({"beneficiary": None}, "beneficiary"),
        ({"beneficiary": {"id": "x"}}, "beneficiary.name"),
        ({"credit_batch_size_total": {}}, "credit_kgs"),
        ({"credit_batch_size_total": {"credit_kgs": -1}}, "credit_kgs"),
        ({"id": "../x"}, "id"),
    ],
    ids=str,
)
async def test_proof__with_a_hole__is_unavailable_and_names_the_field(
    odd_isometric: Isometric, scripted: ScriptedServer, changes: dict[str, Any], field: str
) -> None:
    scripted.will(HEAD, as_json(head(**changes)))
    scripted.will(BATCHES, as_json(batches()))
    with pytest.raises(MarketUnavailable, match=field):
        await odd_isometric.proof(RET)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "retired"},
        {"status": "frozen"},
        {"serial_number": "unknown"},
        {"size": None},
        {"id": "ctb_" + "1" * 30},
        {"supplier_id": None},
        {"size": {"credit_kgs": 0}},
    ],
    ids=str,
)
async def test_offers__one_batch_that_cannot_be_sold__does_not_hide_the_others(
    odd_isometric: Isometric, scripted: ScriptedServer, changes: dict[str, Any]
) -> None:
    good = recorded("isometric", "own_batches")["nodes"][0]
    scripted.will(OWN, as_json(page(good | changes, "nonsense", good)))
    assert [offer.source_id for offer in await odd_isometric.projects()] == [f"isometric:{good['id']}"]


async def test_offers__label_not_told__is_none_and_not_absent(
    odd_isometric: Isometric, scripted: ScriptedServer
) -> None:
    good = recorded("isometric", "own_batches")["nodes"][0]
    del good["ccp_approved"]
    scripted.will(OWN, as_json(page(good)))
    (offer,) = await odd_isometric.projects()
    assert offer.labels is None


async def test_offers__on_several_pages__are_read_by_their_cursors(
    odd_isometric: Isometric, scripted: ScriptedServer
) -> None:
    good = recorded("isometric", "own_batches")["nodes"][0]
    other = good | {"id": "ctb_1CA2D3S73SBXYN70"}
    first = page(good, has_next_page=True, end_cursor="abc")
    scripted.will(OWN, as_json(first), as_json(page(other)))
    assert len(await odd_isometric.projects()) == 2
    assert [asked.query for asked in scripted.asked] == ["first=50", "first=50&after=abc"]


async def test_poll__list_without_cursors__ends_instead_of_turning_in_circles(
    odd_isometric: Isometric, scripted: ScriptedServer
) -> None:
    scripted.will(LIST, as_json(page(head(notes=None), has_next_page=True, end_cursor=None)))
    assert await odd_isometric.poll(QUOTE) is None
    assert scripted.count(LIST) == 1


async def test_poll__endless_list__is_unavailable_rather_than_absent(
    odd_isometric: Isometric, scripted: ScriptedServer
) -> None:
    scripted.will(LIST, as_json(page(head(notes=None), has_next_page=True, end_cursor="again")))
    with pytest.raises(MarketUnavailable, match="not among the newest"):
        await odd_isometric.place(Purchase(QUOTE, "Test team", "0x" + "ab" * 20, "A test"))
    assert scripted.count(f"POST {ISOMETRIC_PATH}/retirements") == 0


async def test_poll__quote_reference_that_only_begins_alike__is_another_ones(
    odd_isometric: Isometric, scripted: ScriptedServer
) -> None:
    scripted.will(LIST, as_json(page(head(notes=f"{QUOTE}9 0x{'ab' * 20} x"))))
    assert await odd_isometric.poll(QUOTE) is None


async def test_poll__batch_in_another_status__is_reverted_and_names_it(
    odd_isometric: Isometric, scripted: ScriptedServer
) -> None:
    scripted.will(LIST, as_json(page(head())))
    scripted.will(BATCHES, as_json(batches(status="cancelled")))
    found = await odd_isometric.poll(QUOTE)
    assert found is not None
    assert (found.state, found.status) == (
        OrderState.REVERTED,
        "credit batch ctb_1CA2D3S73SBXYN70 is cancelled",
    )


async def test_poll__batches_that_cannot_be_understood__is_retired_and_the_proof_says_what_is_wrong(
    odd_isometric: Isometric, scripted: ScriptedServer
) -> None:
    scripted.will(LIST, as_json(page(head())))
    scripted.will(BATCHES, as_json(batches(serial_number="unknown")))
    found = await odd_isometric.poll(QUOTE)
    assert found is not None
    assert (found.state, found.retirement) == (OrderState.RETIRED, RET)
    scripted.will(HEAD, as_json(head()))
    scripted.will(BATCHES, as_json(batches(serial_number="unknown")))
    with pytest.raises(ProofUnusable, match="serial_number"):
        await odd_isometric.proof(RET)


async def test_place__message_longer_than_the_public_note__is_cut_and_the_rest_kept(
    odd_isometric: Isometric, scripted: ScriptedServer
) -> None:
    odd_isometric._clock = lambda: 1786957200.0
    scripted.will(LIST, as_json(page()))
    scripted.will(OWN, as_json(recorded("isometric", "own_batches")))
    validation = {"detail": [{"loc": ["body"], "msg": "stop here", "type": "value_error"}]}
    scripted.will(f"POST {ISOMETRIC_PATH}/retirements", as_json(validation, 422))
    with pytest.raises(MarketRefused, match="stop here"):
        await odd_isometric.place(Purchase(QUOTE, "Test team", "0x" + "ab" * 20, "x" * 500))
    notes = as_json_body(scripted)["notes"]
    assert len(notes) == 256 and notes.startswith(f"{QUOTE} 0x{'ab' * 20} xxx")
    assert as_json_body(scripted)["credit_batch_quantities"] == [
        {"credit_batch_id": "ctb_1DRBTYA8Q1S07CBY", "credit_quantity_kg": 3001}
    ]


def as_json_body(scripted: ScriptedServer) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(scripted.asked[-1].body)
    return found
