"""`KlimaAdapter` with an aggregator or a token that turned bad: no certificate, nothing taken."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from reports import TONNE_UG

from .conftest import BENEFICIARY, HELD, UNITS_PER_UG, mock
from .test_klima_retire_batch import BERLIN, TOUCAN

GOOD = 0
KEEPS = 1
RETIRES_LESS = 2
TAKES_LESS = 3
DOES_NOTHING = 4
GIVES_BACK = 5
CALLS = 6


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        (KEEPS, "adapter: supply did not fall by the amount"),
        (RETIRES_LESS, "adapter: supply did not fall by the amount"),
        (TAKES_LESS, "adapter: tokens are still here"),
        (DOES_NOTHING, "adapter: tokens are still here"),
        (GIVES_BACK, "adapter: tokens are still here"),
    ],
)
def test_retire_token__bad_aggregator__reverts_and_takes_nothing(
    klima: Any, cmark: Any, aggregator: Any, credits: Any, alice: Any, mode: int, reason: str
) -> None:
    aggregator.turn(mode, sender=alice)
    with ape.reverts(reason):
        klima.retire_token(cmark, TONNE_UG, BENEFICIARY, sender=alice)
    assert (cmark.balanceOf(alice), credits.balanceOf(alice)) == (HELD, 0)
    assert cmark.allowance(klima, aggregator) == 0
    aggregator.turn(GOOD, sender=alice)
    klima.retire_token(cmark, TONNE_UG, BENEFICIARY, sender=alice)
    assert credits.balanceOf(alice) == 1


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        (1, "adapter: token refused the transfer"),
        (2, "adapter: token did not arrive in full"),
        (6, "adapter: supply did not fall by the amount"),
        (9, "adapter: token refused the allowance"),
        (10, "adapter: aggregator left an allowance"),
    ],
)
def test_retire_batch__bad_token__reverts_and_takes_nothing(
    klima: Any,
    aggregator: Any,
    owner: Any,
    alice: Any,
    listed: Any,
    held: Any,
    mode: int,
    reason: str,
) -> None:
    token = held(klima, listed(klima, owner.deploy(mock("tco2_hostile"), 18)))
    aggregator.register(token, TOUCAN, sender=owner)
    token.turn(mode, sender=alice)
    with ape.reverts(reason):
        klima.retire_batch(token, 1, TONNE_UG, BENEFICIARY, BERLIN, sender=alice)
    token.turn(GOOD, sender=alice)
    klima.retire_batch(token, 1, TONNE_UG, BENEFICIARY, BERLIN, sender=alice)
    assert token.balanceOf(alice) == HELD - TONNE_UG * UNITS_PER_UG


@pytest.mark.parametrize(
    ("again", "more"),
    [
        ("retire_token", ()),
        ("retire_token_with_permit", (0, 27, bytes(32), bytes(32))),
        ("retire_batch", (BERLIN,)),
    ],
)
def test_retire_token__aggregator_that_calls_the_adapter_again__gets_no_second_certificate(
    klima: Any, cmark: Any, aggregator: Any, credits: Any, alice: Any, again: str, more: Any
) -> None:
    cmark.issue(aggregator, HELD, sender=alice)
    aggregator.allow(cmark, klima, sender=alice)
    first = (cmark, 1) if again == "retire_batch" else (cmark,)
    data = getattr(klima, again).encode_input(*first, TONNE_UG, BENEFICIARY, *more)
    aggregator.turn(GOOD, data, sender=alice)
    # While nothing is retired, the same call goes through: only the lock is in its way below.
    aggregator.call(klima, sender=alice)
    assert aggregator.went_through() and credits.balanceOf(aggregator) == 1
    aggregator.turn(CALLS, data, sender=alice)
    klima.retire_token(cmark, TONNE_UG, BENEFICIARY, sender=alice)
    assert not aggregator.went_through()
    assert (credits.balanceOf(aggregator), credits.balanceOf(alice)) == (1, 1)
