"""`ToucanAdapter.retire_token_with_permit`: one signature in place of a transaction that allows it."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from eth_account.signers.local import LocalAccount
from reports import TONNE_UG

from .conftest import BENEFICIARY, HELD, UNITS_PER_UG, mock
from .permits import sign_permit


@pytest.fixture
def token(toucan: Any, owner: Any, listed: Any, holder: Any) -> Any:
    """Owned by somebody who allowed nothing yet."""
    deployed = listed(toucan, owner.deploy(mock("tco2_with_permit")))
    deployed.issue(holder, HELD, sender=owner)
    return deployed


def test_retire_token_with_permit__signed_for_the_amount__retires_without_an_approval_before(
    toucan: Any, token: Any, credits: Any, holder: Any, key: LocalAccount, chain: Any, now: int
) -> None:
    permit = sign_permit(chain, token, key, toucan, TONNE_UG, now + 600)
    toucan.retire_token_with_permit(token, TONNE_UG, BENEFICIARY, *permit, sender=holder)
    assert credits.balanceOf(holder) == 1
    assert token.allowance(holder, toucan) == token.balanceOf(toucan) == 0


def test_retire_token_with_permit__permit_sent_before_by_somebody_else__retires_all_the_same(
    toucan: Any, token: Any, credits: Any, holder: Any, bob: Any, key: LocalAccount, chain: Any, now: int
) -> None:
    permit = sign_permit(chain, token, key, toucan, TONNE_UG, now + 600)
    token.permit(holder, toucan, TONNE_UG * UNITS_PER_UG, *permit, sender=bob)
    toucan.retire_token_with_permit(token, TONNE_UG, BENEFICIARY, *permit, sender=holder)
    assert credits.balanceOf(holder) == 1


@pytest.mark.parametrize("amount_ug", [TONNE_UG - 1, TONNE_UG + 1])
def test_retire_token_with_permit__signed_for_another_amount__reverts(
    toucan: Any, token: Any, holder: Any, key: LocalAccount, chain: Any, now: int, amount_ug: int
) -> None:
    permit = sign_permit(chain, token, key, toucan, amount_ug, now + 600)
    with ape.reverts("ERC20: insufficient allowance"):
        toucan.retire_token_with_permit(token, TONNE_UG, BENEFICIARY, *permit, sender=holder)


def test_retire_token_with_permit__expired__reverts(
    toucan: Any, token: Any, holder: Any, key: LocalAccount, chain: Any, now: int
) -> None:
    permit = sign_permit(chain, token, key, toucan, TONNE_UG, now - 1)
    with ape.reverts("ERC20: insufficient allowance"):
        toucan.retire_token_with_permit(token, TONNE_UG, BENEFICIARY, *permit, sender=holder)


def test_retire_token_with_permit__of_somebody_else__reverts(
    toucan: Any, token: Any, bob: Any, key: LocalAccount, chain: Any, now: int
) -> None:
    permit = sign_permit(chain, token, key, toucan, TONNE_UG, now + 600)
    with ape.reverts("ERC20: insufficient allowance"):
        toucan.retire_token_with_permit(token, TONNE_UG, BENEFICIARY, *permit, sender=bob)


def test_retire_token_with_permit__through_a_contract__does_not_use_the_senders_permit(
    toucan: Any, token: Any, credits: Any, holder: Any, key: LocalAccount, chain: Any, now: int
) -> None:
    payer = holder.deploy(mock("token_payer"))
    amount = TONNE_UG * UNITS_PER_UG
    token.issue(payer, amount, sender=holder)
    payer.execute(token, token.approve.encode_input(toucan, amount), sender=holder)
    permit = sign_permit(chain, token, key, toucan, TONNE_UG, now + 600)
    call = toucan.retire_token_with_permit.encode_input(token, TONNE_UG, BENEFICIARY, *permit)
    payer.execute(toucan, call, sender=holder)
    assert credits.balanceOf(payer) == 1
    assert (token.nonces(holder), token.allowance(holder, toucan)) == (0, 0)


def test_retire_token_with_permit__token_without_permit__works_if_allowed_before(
    toucan: Any, tco2: Any, credits: Any, alice: Any, now: int
) -> None:
    permit = (now + 600, 27, bytes(32), bytes(32))
    toucan.retire_token_with_permit(tco2, TONNE_UG, BENEFICIARY, *permit, sender=alice)
    assert credits.balanceOf(alice) == 1


def test_retire_token_with_permit__token_that_is_not_listed__is_never_called(
    toucan: Any, owner: Any, holder: Any, key: LocalAccount, chain: Any, now: int
) -> None:
    false = owner.deploy(mock("tco2_with_permit"))
    permit = sign_permit(chain, false, key, toucan, TONNE_UG, now + 600)
    with ape.reverts("adapter: token is not listed"):
        toucan.retire_token_with_permit(false, TONNE_UG, BENEFICIARY, *permit, sender=holder)
