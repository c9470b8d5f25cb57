"""`release_source` of shared blocks: a part gives back its amount, and the last part the serials."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
from reports import REVERSED, TONNE_UG, Signed, serial_range, shared_block

RANGE = serial_range(1000, 1004)
BLOCK = shared_block(1000, 1004)


def test_release_source__part_of_a_block__frees_its_amount_and_the_last_part_the_serials(
    credits: Any,
    minted: Callable[..., Signed],
    voided: Callable[..., Any],
    release: Callable[..., Any],
    alice: Any,
    bob: Any,
) -> None:
    one = minted(alice, BLOCK, amount_ug=2 * TONNE_UG)
    other = minted(bob, BLOCK, amount_ug=3 * TONNE_UG)
    voided(one.token_id, REVERSED)
    # No range is released yet, so the hint is not looked at.
    release(one.report, 123)
    assert credits.block_left_ug(BLOCK) == 2 * TONNE_UG
    assert credits.is_claimed(RANGE)
    third = minted(bob, BLOCK, amount_ug=2 * TONNE_UG)
    voided(other.token_id, REVERSED)
    release(other.report)
    voided(third.token_id, REVERSED)
    with ape.reverts("credits: hint is not the start of a claimed range"):
        release(third.report, 123)
    release(third.report)
    assert credits.block_left_ug(BLOCK) == 0
    assert not credits.is_claimed(BLOCK)
    minted(bob, RANGE)


def test_release_source__block_used_anew__is_worth_what_the_unit_says_then(
    credits: Any,
    owner: Any,
    minted: Callable[..., Signed],
    reversed_: Callable[..., Signed],
    release: Callable[..., Any],
    alice: Any,
) -> None:
    signed = reversed_(alice, BLOCK)
    release(signed.report)
    registry = signed.report["retirement"]["registry"]
    credits.set_registry(registry, True, 10, b"\x22" * 32, sender=owner)
    minted(alice, BLOCK, amount_ug=1)
    assert credits.block_left_ug(BLOCK) == 49
