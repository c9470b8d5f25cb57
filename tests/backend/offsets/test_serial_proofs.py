"""Proofs without a chain: serial numbers are the source, and the council compares them like the rest."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from buying import CNAUGHT_ORDERS as ORDERS
from buying import TONNE_UG, bought
from eth_utils.address import to_checksum_address
from market_clients import WIND
from sandbox_server import SandboxServer

from greenledger.evidence.hashing import keccak256
from greenledger.offsets.check import check_retirement
from greenledger.offsets.cnaught.adapter import CNaught
from greenledger.offsets.errors import ProofUnusable
from greenledger.offsets.market import Proof
from greenledger.offsets.retirement_report import retirement_report, source_of

BUYER = to_checksum_address("0x" + "ab" * 20)
DEADLINE = 1_900_000_000
SERIALS = "GS1-1-KE-GS7495-16-2025-30645-608-609"


def proof(**changes: Any) -> Proof:
    usual = Proof(
        market="cnaught",
        reference="Gre28Fc35bt3/0",
        registry="gs",
        project="GS7495",
        vintage=2025,
        amount_ug=2 * TONNE_UG,
        beneficiary="Team",
        beneficiary_address=BUYER,
        message="A test",
        serials=SERIALS,
        retired_at=1_786_957_260,
        origin=None,
        url="",
        evidence=b"\1" * 32,
    )
    return dataclasses.replace(usual, **changes)


def test_source__of_serials_worth_what_was_retired__is_the_range() -> None:
    source = source_of(proof())
    assert (source.kind, source.first, source.last) == (1, 608, 609)
    assert source.book == keccak256(b"GS1-1-KE-GS7495-16-2025-30645")


def test_source__of_serials_worth_more__is_a_share_of_the_block() -> None:
    source = source_of(proof(amount_ug=TONNE_UG + 1))
    assert (source.kind, source.first, source.last) == (3, 608, 609)


def test_source__of_ranges_that_follow_each_other__is_one() -> None:
    book = "GS1-1-KE-GS7495-16-2025-30645"
    source = source_of(proof(serials=f"{book}-608-608, {book}-609-609"))
    assert (source.kind, source.first, source.last) == (1, 608, 609)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"amount_ug": 2 * TONNE_UG + 1}, "amount_ug"),
        ({"serials": "on request"}, "serials"),
        (
            {"serials": f"{SERIALS}; GS1-1-KE-GS7495-16-2025-30645-700-701", "amount_ug": 4 * TONNE_UG},
            "2 ranges",
        ),
    ],
    ids=str,
)
def test_source__of_serials_that_cannot_back_a_certificate__is_unusable(
    changes: dict[str, Any], says: str
) -> None:
    with pytest.raises(ProofUnusable, match=says):
        source_of(proof(**changes))


def test_json__of_a_proof_without_origin__reads_back_the_same() -> None:
    told = proof(not_told=("retired_at",))
    assert told.as_json()["origin"] is None and Proof.from_json(told.as_json()) == told


def test_json__of_a_proof_stored_before_this_field__has_nothing_not_told() -> None:
    stored = proof().as_json()
    del stored["not_told"]
    assert Proof.from_json(stored) == proof()


async def test_check__report_built_from_the_same_serials__has_no_differences(cnaught: CNaught) -> None:
    order = await bought(cnaught, WIND.source_id, 2 * TONNE_UG)
    assert order.retirement is not None
    found = await cnaught.proof(order.retirement)
    report = retirement_report(found, BUYER, DEADLINE)
    reference = {"market": "cnaught", "reference": order.retirement}
    assert await check_retirement(report, reference, {"cnaught": cnaught}) == ()
    other = dataclasses.replace(report, source=dataclasses.replace(report.source, last=9))
    (difference,) = await check_retirement(other, reference, {"cnaught": cnaught})
    assert (difference.field, difference.stated, difference.recomputed) == ("source.last", "9", "2")


async def test_check__serials_of_an_earlier_retirement__lead_to_the_same_source_for_the_chain_to_refuse(
    cnaught: CNaught, sandbox: SandboxServer
) -> None:
    first = await bought(cnaught, WIND.source_id, 2 * TONNE_UG)
    sandbox.switch_faults({"kind": "used-serials", "on": ORDERS})
    second = await bought(cnaught, WIND.source_id, 2 * TONNE_UG)
    assert first.retirement is not None and second.retirement is not None
    sources = [source_of(await cnaught.proof(order)) for order in (first.retirement, second.retirement)]
    assert sources[0] == sources[1]


async def test_check__one_serial_too_many__is_no_exclusive_source(
    cnaught: CNaught, sandbox: SandboxServer
) -> None:
    sandbox.switch_faults({"kind": "wrong-serials", "on": ORDERS})
    order = await bought(cnaught, WIND.source_id, 2 * TONNE_UG)
    assert order.retirement is not None
    assert source_of(await cnaught.proof(order.retirement)).kind == 3
