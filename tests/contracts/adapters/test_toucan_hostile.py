"""`ToucanAdapter.retire_token` with tokens that turned bad: no certificate, nothing taken."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from reports import TONNE_UG

from .conftest import BENEFICIARY, HELD, UNITS_PER_UG, mock

GOOD = 0
REFUSES_TRANSFER = 1
TAKES_FEE = 2
CALLS_ON_TRANSFER = 3
CALLS_ON_RETIRE = 4
KEEPS = 5
RETIRES_LESS = 6
MOVES_AWAY = 7
BIG_NUMBER = 8


@pytest.fixture
def token(toucan: Any, owner: Any, listed: Any, held: Any) -> Any:
    return held(toucan, listed(toucan, owner.deploy(mock("tco2_hostile"), 18)))


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        (REFUSES_TRANSFER, "adapter: token refused the transfer"),
        (TAKES_FEE, "adapter: token did not arrive in full"),
        (KEEPS, "adapter: tokens are still here"),
        (RETIRES_LESS, "adapter: tokens are still here"),
        (MOVES_AWAY, "adapter: supply did not fall by the amount"),
        (BIG_NUMBER, "adapter: number of the protocol is out of range"),
    ],
)
def test_retire_token__bad_token__reverts_and_takes_nothing(
    toucan: Any, token: Any, credits: Any, alice: Any, mode: int, reason: str
) -> None:
    token.turn(mode, sender=alice)
    with ape.reverts(reason):
        toucan.retire_token(token, TONNE_UG, BENEFICIARY, sender=alice)
    assert (token.balanceOf(alice), credits.balanceOf(alice)) == (HELD, 0)
    token.turn(GOOD, sender=alice)
    toucan.retire_token(token, TONNE_UG, BENEFICIARY, sender=alice)
    assert credits.balanceOf(alice) == 1


@pytest.mark.parametrize("mode", [CALLS_ON_TRANSFER, CALLS_ON_RETIRE])
@pytest.mark.parametrize("again", ["retire_token", "retire_token_with_permit"])
def test_retire_token__token_that_calls_the_adapter_again__gets_no_second_certificate(
    toucan: Any, token: Any, credits: Any, alice: Any, mode: int, again: str
) -> None:
    token.issue(token, HELD, sender=alice)
    permit = (0, 27, bytes(32), bytes(32)) if again == "retire_token_with_permit" else ()
    data = getattr(toucan, again).encode_input(token, TONNE_UG, BENEFICIARY, *permit)
    token.prepare(toucan, data, sender=alice)
    # While nothing moves, the same call goes through: only the lock is in its way below.
    token.call(sender=alice)
    assert token.went_through() and credits.balanceOf(token) == 1
    token.turn(mode, sender=alice)
    toucan.retire_token(token, TONNE_UG, BENEFICIARY, sender=alice)
    assert token.called() and not token.went_through()
    assert (credits.balanceOf(token), credits.balanceOf(alice)) == (1, 1)
    assert token.totalSupply() == 2 * HELD - 2 * TONNE_UG * UNITS_PER_UG


def test_retire_token__token_that_sends_more_on_the_way__reverts(toucan: Any, token: Any, alice: Any) -> None:
    token.issue(token, HELD, sender=alice)
    token.prepare(token, token.transfer.encode_input(toucan, 1), sender=alice)
    token.turn(CALLS_ON_TRANSFER, sender=alice)
    with ape.reverts("adapter: token did not arrive in full"):
        toucan.retire_token(token, TONNE_UG, BENEFICIARY, sender=alice)


def test_retire_token__token_that_burns_elsewhere_too__reverts(toucan: Any, token: Any, alice: Any) -> None:
    token.issue(token, HELD, sender=alice)
    token.prepare(token, token.retire.encode_input(1), sender=alice)
    token.turn(CALLS_ON_RETIRE, sender=alice)
    with ape.reverts("adapter: supply did not fall by the amount"):
        toucan.retire_token(token, TONNE_UG, BENEFICIARY, sender=alice)
