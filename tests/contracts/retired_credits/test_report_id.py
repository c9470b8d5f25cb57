"""`report_id`: the digest the contract computes is the one any EIP-712 library computes."""

from __future__ import annotations

from typing import Any

import pytest
from reports import Retirements, serial_range

LONGEST = {"project": "P" * 32, "beneficiary": "B" * 64, "serials": "S" * 96}
LARGEST = {"vintage": 2**16 - 1, "amount_ug": 2**72 - 1, "retired_at": 2**64 - 1, "valid_until": 2**64 - 1}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"project": "", "beneficiary": "", "serials": ""},
        {"beneficiary": 'Müller & Söhne "株式会社"'},
        LONGEST | LARGEST,
    ],
)
def test_report_id__any_report__is_the_digest_eth_account_computes(
    credits: Any, retirements: Retirements, alice: Any, now: int, changes: dict[str, Any]
) -> None:
    signed = retirements.make(alice, now, serial_range(1, 2**256 - 1), **changes)
    assert credits.report_id(signed.report) == signed.digest


def test_report_id__minter_or_order_named__is_another_report(
    credits: Any, retirements: Retirements, alice: Any, bob: Any, now: int
) -> None:
    source = serial_range(1, 5)
    signed = [
        retirements.make(alice, now, source),
        retirements.make(alice, now, source, minter=bob),
        retirements.make(alice, now, source, minter=bob, order=b"\x01" * 32),
    ]
    ids = [credits.report_id(item.report) for item in signed]
    assert ids == [item.digest for item in signed]
    assert len(set(ids)) == 3
