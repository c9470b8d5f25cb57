"""A council node reads the evidence itself and names each field of a report that differs from it."""

from __future__ import annotations

import dataclasses
import secrets
from typing import Any

import pytest
from eth_utils.address import to_checksum_address
from sandbox_server import SandboxServer

from greenledger.evidence.typed_data import RetirementReport
from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.check import check_retirement
from greenledger.offsets.errors import MarketUnavailable, ProofUnusable
from greenledger.offsets.market import Proof
from greenledger.offsets.retirement_report import retirement_report

BUYER = to_checksum_address("0x" + "ab" * 20)
DEADLINE = 1_900_000_000


@pytest.fixture
async def proof(market: Carbonmark, sandbox: SandboxServer) -> Proof:
    """Evidence of a finished retirement."""
    sandbox.clock(lambda: 1_760_000_000.0)
    quote = sandbox.quote(1.25)["uuid"]
    sandbox.order(quote, beneficiary_address=BUYER)
    sandbox.clock(lambda: 1_760_000_100.0)
    (order,) = sandbox.get("/orders", with_key=True, quote_uuid=quote).json()
    return await market.proof(f"84532-{order['transaction_hash']}-0")


async def fields(report: RetirementReport, proof: Proof, market: Carbonmark) -> dict[str, tuple[str, str]]:
    reference = {"market": proof.market, "reference": proof.reference}
    found = await check_retirement(report, reference, {market.name: market})
    return {mismatch.field: (mismatch.stated, mismatch.recomputed) for mismatch in found}


async def test_check__report_built_from_the_same_evidence__has_no_differences(
    market: Carbonmark, proof: Proof
) -> None:
    assert await fields(retirement_report(proof, BUYER, DEADLINE), proof, market) == {}


@pytest.mark.parametrize(
    ("changes", "right"),
    [
        ({"amount_ug": 1_250_000_000_001}, "1250000000000"),
        ({"project": "ICR-9002"}, "ICR-9001"),
        ({"vintage": 2023}, "2022"),
        ({"beneficiary": "Somebody else"}, "Test team"),
        ({"serials": "ICR-9001-2022-SANDBOX-1-9999"}, "ICR-9001-2022-SANDBOX-1-1250"),
        ({"retired_at": 1_760_000_001}, "1760000000"),
        ({"registry": b"verra".ljust(32, b"\0")}, "0x" + b"icr".ljust(32, b"\0").hex()),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
async def test_check__one_field_of_the_retirement_changed__is_named_with_what_is_right(
    market: Carbonmark, proof: Proof, changes: dict[str, Any], right: str
) -> None:
    report = retirement_report(proof, BUYER, DEADLINE)
    changed = dataclasses.replace(report, retirement=dataclasses.replace(report.retirement, **changes))
    (field,) = changes
    found = await fields(changed, proof, market)
    assert list(found) == [f"retirement.{field}"]
    assert found[f"retirement.{field}"][1] == right


async def test_check__evidence_hash_changed__is_named(market: Carbonmark, proof: Proof) -> None:
    report = retirement_report(dataclasses.replace(proof, evidence=b"\1" * 32), BUYER, DEADLINE)
    assert list(await fields(report, proof, market)) == ["retirement.evidence"]


@pytest.mark.parametrize(("field", "value"), [("book", b"\2" * 32), ("first", 1), ("last", 1), ("kind", 1)])
async def test_check__another_source__is_named(
    market: Carbonmark, proof: Proof, field: str, value: Any
) -> None:
    report = retirement_report(proof, BUYER, DEADLINE)
    changed = dataclasses.replace(report, source=dataclasses.replace(report.source, **{field: value}))
    assert list(await fields(changed, proof, market)) == [f"source.{field}"]


@pytest.mark.parametrize(("field", "value"), [("minter", BUYER), ("order", b"\2" * 32)])
async def test_check__minter_or_order_that_the_evidence_knows_nothing_of__is_named(
    market: Carbonmark, proof: Proof, field: str, value: Any
) -> None:
    changed = dataclasses.replace(retirement_report(proof, BUYER, DEADLINE), **{field: value})
    assert list(await fields(changed, proof, market)) == [field]


async def test_check__holder_is_not_who_was_named_at_the_retirement__is_named(
    market: Carbonmark, proof: Proof
) -> None:
    thief = to_checksum_address("0x" + "cd" * 20)
    found = await fields(retirement_report(proof, thief, DEADLINE), proof, market)
    assert found == {"holder": (thief, BUYER)}


async def test_check__retirement_that_the_market_does_not_know__is_named(
    market: Carbonmark, proof: Proof
) -> None:
    unknown = dataclasses.replace(proof, reference=f"84532-0x{secrets.token_hex(32)}-0")
    assert list(await fields(retirement_report(proof, BUYER, DEADLINE), unknown, market)) == [
        "proof.reference"
    ]


@pytest.mark.parametrize("reference", ["", "../orders", "84532-0x12-0"])
async def test_check__reference_that_is_none__is_named(
    market: Carbonmark, proof: Proof, reference: str
) -> None:
    odd = dataclasses.replace(proof, reference=reference)
    assert list(await fields(retirement_report(proof, BUYER, DEADLINE), odd, market)) == ["proof.reference"]


async def test_check__unknown_market__is_named_with_those_known(market: Carbonmark, proof: Proof) -> None:
    odd = dataclasses.replace(proof, market="bazaar")
    found = await fields(retirement_report(proof, BUYER, DEADLINE), odd, market)
    assert found == {"proof.market": ("bazaar", "one of carbonmark")}


async def test_check__market_down__is_no_verdict(
    market: Carbonmark, proof: Proof, sandbox: SandboxServer
) -> None:
    sandbox.switch_faults({"kind": "500", "on": "*", "times": 3})
    with pytest.raises(MarketUnavailable):
        await fields(retirement_report(proof, BUYER, DEADLINE), proof, market)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"registry": ""}, "registry"),
        ({"registry": "a" * 33}, "registry"),
        ({"registry": "ïcr"}, "registry"),
        ({"beneficiary": "é" * 33}, "beneficiary"),
        ({"beneficiary": "a\u202eb"}, "beneficiary"),
        ({"beneficiary": "two\nlines"}, "beneficiary"),
        ({"serials": "x" * 97}, "serials"),
        ({"project": ""}, "project"),
        ({"amount_ug": 0}, "amount_ug"),
        ({"amount_ug": 2**72}, "amount_ug"),
        ({"vintage": 0}, "vintage"),
        ({"retired_at": 0}, "retired_at"),
    ],
)
async def test_report__from_a_proof_that_no_certificate_can_hold__names_the_field(
    proof: Proof, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(ProofUnusable, match=field):
        retirement_report(dataclasses.replace(proof, **changes), BUYER, DEADLINE)
