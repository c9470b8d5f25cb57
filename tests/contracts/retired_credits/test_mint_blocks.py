"""`mint` of shared blocks: many holders of one block of serials, never more than the block is worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from reports import REGISTRY, TONNE_UG, ZERO, Retirements, Signed, serial_range, shared_block

BLOCK = shared_block(1000, 1004)
WORTH_UG = 5 * TONNE_UG
POLICY = b"\x22" * 32
OTHER_REGISTRY = b"other".ljust(32, b"\0")
CLAIMED = "credits: serials are already claimed"
NO_MORE = "credits: amount is above what the block has left"


@pytest.fixture
def refused(credits: Any, retirements: Retirements, alice: Any, now: int) -> Callable[..., None]:
    """Expects that a source is refused, with this reason."""

    def refuse(source: dict[str, Any], reason: str, hint: int = 0, **changes: Any) -> None:
        signed = retirements.make(alice, now, source, **changes)
        with ape.reverts(reason):
            credits.mint(signed.report, signed.signatures, hint, sender=alice)

    return refuse


def test_mint__first_part_of_a_block__claims_its_serials(
    credits: Any, minted: Callable[..., Signed], refused: Callable[..., None], alice: Any
) -> None:
    assert credits.block_left_ug(BLOCK) == 0
    minted(alice, BLOCK, amount_ug=TONNE_UG)
    assert credits.block_left_ug(BLOCK) == 4 * TONNE_UG
    assert credits.is_claimed(BLOCK)
    assert credits.is_claimed(serial_range(1004, 1004))
    assert not credits.is_claimed(serial_range(1005, 2000))
    refused(serial_range(1002, 1002), CLAIMED, hint=1000, amount_ug=1)


def test_mint__parts_for_several_holders__fill_the_block_exactly(
    credits: Any, minted: Callable[..., Signed], refused: Callable[..., None], alice: Any, bob: Any
) -> None:
    minted(alice, BLOCK, amount_ug=2 * TONNE_UG)
    minted(bob, BLOCK, amount_ug=2 * TONNE_UG)
    refused(BLOCK, NO_MORE, amount_ug=TONNE_UG + 1)
    minted(alice, BLOCK, amount_ug=TONNE_UG)
    assert credits.block_left_ug(BLOCK) == 0
    assert (credits.balanceOf(alice), credits.balanceOf(bob)) == (2, 1)
    refused(BLOCK, NO_MORE, amount_ug=1)


def test_mint__one_part_of_all_the_block_is_worth__is_minted(
    credits: Any, minted: Callable[..., Signed], alice: Any
) -> None:
    signed = minted(alice, BLOCK, amount_ug=WORTH_UG)
    assert credits.certificate(signed.token_id).amount_ug == WORTH_UG


@pytest.mark.parametrize("amount_ug", [WORTH_UG + 1, 2**72 - 1])
def test_mint__first_part_above_the_blocks_worth__reverts_and_claims_nothing(
    credits: Any, refused: Callable[..., None], amount_ug: int
) -> None:
    refused(BLOCK, NO_MORE, amount_ug=amount_ug)
    assert not credits.is_claimed(BLOCK)


def test_mint__largest_part_of_a_used_block__reverts_without_wrapping(
    minted: Callable[..., Signed], refused: Callable[..., None], alice: Any
) -> None:
    minted(alice, BLOCK, amount_ug=1)
    refused(BLOCK, NO_MORE, amount_ug=2**72 - 1)


def test_mint__same_part_again__reverts(credits: Any, minted: Callable[..., Signed], alice: Any) -> None:
    signed = minted(alice, BLOCK, amount_ug=1)
    with ape.reverts("credits: report is already minted"):
        credits.mint(signed.report, signed.signatures, 0, sender=alice)
    assert credits.block_left_ug(BLOCK) == WORTH_UG - 1


def test_mint__later_part__needs_no_hint(credits: Any, minted: Callable[..., Signed], alice: Any) -> None:
    minted(alice, BLOCK, amount_ug=1)
    minted(alice, BLOCK, hint=123_456, amount_ug=2)
    assert credits.block_left_ug(BLOCK) == WORTH_UG - 3


@pytest.mark.parametrize(
    ("first", "last", "hint"),
    [
        (1000, 1005, 0),
        (999, 1000, 0),
        (1002, 1002, 1000),
        (1004, 1010, 1000),
        (1, 2000, 0),
        (1000, 1003, 1000),
    ],
)
@pytest.mark.parametrize("kind", [serial_range, shared_block])
def test_mint__range_or_other_block_over_a_block__reverts(
    minted: Callable[..., Signed],
    refused: Callable[..., None],
    alice: Any,
    kind: Callable[..., dict[str, Any]],
    first: int,
    last: int,
    hint: int,
) -> None:
    minted(alice, BLOCK, amount_ug=1)
    refused(kind(first, last), CLAIMED, hint=hint, amount_ug=1)


def test_mint__block_and_range_of_the_very_same_serials__exclude_each_other(
    minted: Callable[..., Signed], refused: Callable[..., None], alice: Any
) -> None:
    minted(alice, BLOCK, amount_ug=1)
    refused(serial_range(1000, 1004), CLAIMED, hint=1000, amount_ug=1)
    minted(alice, serial_range(2000, 2004), hint=1000, amount_ug=1)
    refused(shared_block(2000, 2004), CLAIMED, hint=2000, amount_ug=1)


def test_mint__blocks_side_by_side__are_minted(
    credits: Any, minted: Callable[..., Signed], alice: Any
) -> None:
    minted(alice, BLOCK, amount_ug=1)
    minted(alice, shared_block(1005, 1005), hint=1000, amount_ug=TONNE_UG)
    minted(alice, serial_range(999, 999), amount_ug=TONNE_UG)
    assert credits.block_left_ug(shared_block(1005, 1005)) == 0
    assert credits.block_left_ug(BLOCK) == WORTH_UG - 1


def test_mint__block_of_another_registry__reverts(
    credits: Any, owner: Any, minted: Callable[..., Signed], refused: Callable[..., None], alice: Any
) -> None:
    credits.set_registry(OTHER_REGISTRY, True, TONNE_UG, POLICY, sender=owner)
    minted(alice, BLOCK, amount_ug=1)
    reason = "credits: book belongs to another registry"
    refused(BLOCK, reason, amount_ug=1, registry=OTHER_REGISTRY)
    refused(shared_block(2000, 2004), reason, hint=1000, amount_ug=1, registry=OTHER_REGISTRY)
    minted(alice, BLOCK, amount_ug=2)


def test_mint__registry_switched_off_after_the_first_part__reverts(
    credits: Any, owner: Any, minted: Callable[..., Signed], refused: Callable[..., None], alice: Any
) -> None:
    minted(alice, BLOCK, amount_ug=1)
    credits.set_registry(REGISTRY, False, TONNE_UG, POLICY, sender=owner)
    refused(BLOCK, "credits: registry is not switched on", amount_ug=1)


@pytest.mark.parametrize("unit_ug", [1, 100 * TONNE_UG])
def test_mint__unit_changed_after_the_first_part__leaves_the_blocks_worth(
    credits: Any,
    owner: Any,
    minted: Callable[..., Signed],
    refused: Callable[..., None],
    alice: Any,
    unit_ug: int,
) -> None:
    minted(alice, BLOCK, amount_ug=TONNE_UG)
    credits.set_registry(REGISTRY, True, unit_ug, POLICY, sender=owner)
    refused(BLOCK, NO_MORE, amount_ug=4 * TONNE_UG + 1)
    minted(alice, BLOCK, amount_ug=4 * TONNE_UG)


def test_mint__largest_block_there_is__is_minted_and_one_serial_more_reverts(
    credits: Any, minted: Callable[..., Signed], refused: Callable[..., None], alice: Any
) -> None:
    length = (2**128 - 1) // TONNE_UG
    refused(shared_block(1, length + 1), "credits: block is too large", amount_ug=1)
    refused(shared_block(1, 2**128 - 1), "credits: block is too large", amount_ug=1)
    minted(alice, shared_block(1, length), amount_ug=1)
    assert credits.block_left_ug(shared_block(1, length)) == length * TONNE_UG - 1


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (shared_block(1, 5, ZERO), "credits: book is empty"),
        (shared_block(0, 4), "credits: serials must be 1 <= first <= last"),
        (shared_block(5, 4), "credits: serials must be 1 <= first <= last"),
        (shared_block(1, 2**128), "credits: serials must be below 2^128"),
    ],
)
def test_mint__block_that_is_none__reverts(
    refused: Callable[..., None], block: dict[str, Any], reason: str
) -> None:
    refused(block, reason, amount_ug=1)
