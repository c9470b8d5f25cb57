"""`record`: the moments a report may be recorded in, to the second."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from reports import DAY_S, Footprints

WEEK_S = 7 * DAY_S


@pytest.fixture
def at(chain: Any, now: int) -> int:
    """The time the next block is set to have, Unix seconds."""
    chain.pending_timestamp = now + 100
    return now + 100


@pytest.mark.parametrize("ahead_s", [1, WEEK_S])
def test_record__valid_for_a_second_or_seven_days__is_recorded(
    ledger: Any, footprints: Footprints, alice: Any, at: int, ahead_s: int
) -> None:
    signed = footprints.make(alice, at, valid_until=at + ahead_s)
    receipt = ledger.record(signed.report, signed.signatures, sender=alice)
    assert receipt.timestamp == at
    assert ledger.is_recorded(signed.digest)


@pytest.mark.parametrize(
    ("ahead_s", "reason"),
    [
        (0, "ledger: report has expired"),
        (-1, "ledger: report has expired"),
        (WEEK_S + 1, "ledger: report is valid for more than 7 days"),
    ],
)
def test_record__expired_or_valid_for_too_long__reverts(
    ledger: Any, footprints: Footprints, alice: Any, at: int, ahead_s: int, reason: str
) -> None:
    signed = footprints.make(alice, at, valid_until=at + ahead_s)
    with ape.reverts(reason):
        ledger.record(signed.report, signed.signatures, sender=alice, gas=500_000)


def test_record__period_that_just_ended__is_recorded(
    ledger: Any, footprints: Footprints, alice: Any, at: int
) -> None:
    signed = footprints.make(alice, at, period_end=at)
    ledger.record(signed.report, signed.signatures, sender=alice)
    assert ledger.is_recorded(signed.digest)


def test_record__period_not_over__reverts(ledger: Any, footprints: Footprints, alice: Any, at: int) -> None:
    signed = footprints.make(alice, at, period_end=at + 1)
    with ape.reverts("ledger: period is not over"):
        ledger.record(signed.report, signed.signatures, sender=alice, gas=500_000)


@pytest.mark.parametrize("length_s", [0, -1])
def test_record__period_without_length__reverts(
    ledger: Any, footprints: Footprints, alice: Any, at: int, length_s: int
) -> None:
    start = at - DAY_S
    signed = footprints.make(alice, at, period_start=start, period_end=start + length_s)
    with ape.reverts("ledger: period must end after it starts"):
        ledger.record(signed.report, signed.signatures, sender=alice, gas=500_000)
