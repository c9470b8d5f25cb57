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
