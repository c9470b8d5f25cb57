"""`report_id`: the digest the contract computes is the one any EIP-712 library computes."""

from __future__ import annotations

from typing import Any

from reports import Footprints


def test_report_id__any_report__is_the_digest_eth_account_computes(
    ledger: Any, footprints: Footprints, alice: Any, now: int
) -> None:
    signed = footprints.make(alice, now, supersedes=b"\x99" * 32)
    assert ledger.report_id(signed.report) == signed.digest


def test_report_id__largest_values__is_the_digest_eth_account_computes(
    ledger: Any, footprints: Footprints, alice: Any, now: int
) -> None:
    largest = {
        field: 2**bits - 1
        for field, bits in {
            "count": 32,
            "period_start": 64,
            "period_end": 64,
            "energy_uwh": 128,
            "low_ug": 72,
            "central_ug": 72,
            "high_ug": 72,
            "market_ug": 72,
            "embodied_ug": 72,
            "water_ul": 128,
            "tier": 8,
            "valid_until": 64,
        }.items()
    }
    signed = footprints.make(alice, now, **largest)
    assert ledger.report_id(signed.report) == signed.digest


def test_report_id__another_account__differs(
    ledger: Any, footprints: Footprints, alice: Any, bob: Any, now: int
) -> None:
    signed = footprints.make(alice, now)
    assert ledger.report_id(signed.report | {"account": bob.address}) != signed.digest
