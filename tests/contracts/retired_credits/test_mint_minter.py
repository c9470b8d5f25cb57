"""`mint` of reports that name who may mint them: nobody else can, whatever he gets hold of."""

from __future__ import annotations

from typing import Any

import ape
import pytest
from reports import NOBODY, Retirements

ORDER = b"\x99" * 32
NOT_THE_MINTER = "credits: caller is not the report's minter"


def test_mint__by_the_named_minter__gives_the_holder_the_certificate(
    credits: Any, retirements: Retirements, alice: Any, bob: Any, now: int
) -> None:
    signed = retirements.make(alice, now, minter=bob, order=ORDER)
    credits.mint(signed.report, signed.signatures, 0, sender=bob)
    assert credits.ownerOf(signed.token_id) == alice
    assert credits.balanceOf(bob) == 0


def test_mint__by_somebody_else_than_the_minter__reverts(
    credits: Any, retirements: Retirements, owner: Any, alice: Any, bob: Any, now: int
) -> None:
    signed = retirements.make(alice, now, minter=bob, order=ORDER)
    for stranger in (alice, owner):
        with ape.reverts(NOT_THE_MINTER):
            credits.mint(signed.report, signed.signatures, 0, sender=stranger)


def test_mint__no_minter_but_an_order__is_minted_by_anyone(
    credits: Any, retirements: Retirements, alice: Any, bob: Any, now: int
) -> None:
    signed = retirements.make(alice, now, order=ORDER)
    credits.mint(signed.report, signed.signatures, 0, sender=bob)
    assert credits.ownerOf(signed.token_id) == alice


@pytest.mark.parametrize("change", [{"minter": NOBODY}, {"order": bytes(32)}])
def test_mint__minter_or_order_taken_out_after_signing__reverts(
    credits: Any, retirements: Retirements, alice: Any, bob: Any, now: int, change: dict[str, Any]
) -> None:
    signed = retirements.make(alice, now, minter=bob, order=ORDER)
    with pytest.raises(ape.exceptions.ContractLogicError, match="council: "):
        credits.mint(signed.report | change, signed.signatures, 0, sender=bob)


def test_mint__relayer_puts_himself_in_as_minter__reverts(
    credits: Any, retirements: Retirements, alice: Any, bob: Any, now: int
) -> None:
    signed = retirements.make(alice, now)
    with pytest.raises(ape.exceptions.ContractLogicError, match="council: "):
        credits.mint(signed.report | {"minter": bob.address}, signed.signatures, 0, sender=bob)
    credits.mint(signed.report, signed.signatures, 0, sender=bob)
    assert credits.ownerOf(signed.token_id) == alice
