"""A council node's own look at a report that pays an order of the desk: what does not fit is named."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import pytest
from order_market import PAYER, TONNE_UG
from order_world import DOMAIN, FULFILLED, OPEN, World, at_once

from greenledger.evidence.structs import struct_as_json
from greenledger.evidence.typed_data import Order, RetirementReport, order_from_json, order_id
from greenledger.evidence.words import as_hex, word_bytes
from greenledger.offsets.check import DeskBook, check_retirement
from greenledger.offsets.market import Proof
from greenledger.offsets.retirement_report import retirement_report

DEADLINE = 1_800_600_000
STRANGER = "0x" + "99" * 20


def world_of(**changes: Any) -> tuple[World, Order]:
    """A world whose order is open; `changes` are of its struct."""
    world = World()
    struct = dataclasses.replace(order_from_json(world.order.desk_order), **changes)
    world.order.desk_order = struct_as_json(struct)
    world.order.desk_id = world.desk_id = as_hex(order_id(struct, DOMAIN))
    world.desk_state = OPEN
    return world, struct


def report_for(world: World, **changes: Any) -> RetirementReport:
    """The report that fits the market's evidence; `changes` are of its own fields."""
    proof: Proof = at_once(world.proof("r"))
    fields = {"holder": PAYER, "minter": DOMAIN.contract, "order": word_bytes(world.order.desk_id or "")}
    given = {name: changes.pop(name, value) for name, value in fields.items()}
    made = retirement_report(proof, given["holder"], DEADLINE, given["minter"], given["order"])
    return dataclasses.replace(made, retirement=dataclasses.replace(made.retirement, **changes))


def fields(world: World, report: RetirementReport, **where: Any) -> list[str]:
    proof: Mapping[str, Any] = {"market": "market", "reference": "r", "order": world.order.desk_order} | where
    found = at_once(check_retirement(report, proof, {"market": world}, DeskBook(DOMAIN, world, world)))
    return [mismatch.field for mismatch in found]


def test_check__report_for_an_open_order__has_no_differences() -> None:
    world, _ = world_of()
    assert fields(world, report_for(world)) == []


def test_check__half_retired_where_half_is_enough__has_no_differences() -> None:
    world, _ = world_of()
    world.mood = "partial"
    assert fields(world, report_for(world)) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"holder": STRANGER}, "holder"),
        ({"registry": b"vcs".ljust(32, b"\0")}, "retirement.registry"),
        ({"project": "ICR-2"}, "retirement.project"),
        ({"vintage": 2021}, "retirement.vintage"),
        ({"beneficiary": "Somebody else"}, "retirement.beneficiary"),
        ({"min_ug": TONNE_UG, "amount_ug": 2 * TONNE_UG}, None),
        ({"min_ug": TONNE_UG + 1, "amount_ug": 2 * TONNE_UG}, "retirement.amount_ug"),
        ({"vintage": 0}, None),
    ],
    ids=str,
)
def test_check__order_that_asked_for_something_else__is_named(
    changes: dict[str, Any], field: str | None
) -> None:
    world, _ = world_of(**changes)
    assert fields(world, report_for(world)) == ([field] if field else [])


@pytest.mark.parametrize("state", [0, 2, 3])
def test_check__order_that_is_not_open_at_the_desk__is_named(state: int) -> None:
    world, _ = world_of()
    world.desk_state = state
    assert fields(world, report_for(world)) == ["proof.order"]


def test_check__retirement_made_for_another_order__is_named() -> None:
    world, _ = world_of()
    world.mood = "unmarked"
    assert fields(world, report_for(world)) == ["proof.message"]


def test_check__order_presented_is_not_the_reports__is_named() -> None:
    world, struct = world_of()
    other = struct_as_json(dataclasses.replace(struct, price=1))
    assert fields(world, report_for(world), order=other) == ["order"]


@pytest.mark.parametrize(
    ("presented", "field"), [(None, "proof.order"), ({}, "proof.order.seller"), ([], "proof.order")]
)
def test_check__no_order_presented__is_named(presented: Any, field: str) -> None:
    world, _ = world_of()
    assert fields(world, report_for(world), order=presented) == [field]


@pytest.mark.parametrize("state", [0, OPEN, FULFILLED, 3])
@pytest.mark.parametrize(("certified", "found"), [(False, ["order"]), (True, [])])
def test_check__retirement_of_an_order_in_a_report_for_no_desk__is_named_until_the_orders_own_is_confirmed(
    state: int, certified: bool, found: list[str]
) -> None:
    world, _ = world_of()
    proof: Proof = at_once(world.proof("r"))
    world.desk_state, world.certified = state, certified
    assert fields(world, retirement_report(proof, PAYER, DEADLINE)) == found


def test_check__retirement_of_no_order_in_a_report_for_no_desk__has_no_differences() -> None:
    world, _ = world_of()
    world.mood = "unmarked"
    proof: Proof = at_once(world.proof("r"))
    assert fields(world, retirement_report(proof, PAYER, DEADLINE)) == []


def test_check__minter_that_is_not_the_desk__is_named() -> None:
    world, _ = world_of()
    assert fields(world, report_for(world, minter=STRANGER)) == ["minter"]


def test_check__report_without_its_order__is_named() -> None:
    world, _ = world_of()
    assert fields(world, report_for(world, order=bytes(32))) == ["order"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"project": "VCS-192"}, "retirement.project"),
        ({"vintage": 2019}, "retirement.vintage"),
    ],
)
def test_check__serials_that_say_otherwise_than_the_market__are_named(
    changes: dict[str, Any], field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    serials = "9344-1-1-VCS-VCU-508-VER-CN-1-191-01012020-31122020-0"
    world = World()
    honest = dataclasses.replace(
        at_once(world.proof("r")),
        registry="vcs",
        serials=serials,
        origin=None,
        project="VCS-191",
        vintage=2020,
    )
    found = dataclasses.replace(honest, **changes)

    async def proof(_: str) -> Proof:
        return found

    monkeypatch.setattr(world, "proof", proof)
    report = retirement_report(found, PAYER, DEADLINE)
    where = {"market": "market", "reference": "r"}
    differing = at_once(check_retirement(report, where, {"market": world}))
    assert [mismatch.field for mismatch in differing] == [field]
    found = honest
    honest_report = retirement_report(found, PAYER, DEADLINE)
    assert at_once(check_retirement(honest_report, where, {"market": world})) == ()
    assert honest_report.source.kind == 1
