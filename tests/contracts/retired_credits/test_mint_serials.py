"""`mint` of serial ranges: no serial number backs two certificates, and none backs more than it is worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from reports import TONNE_UG, ZERO, Retirements, Signed, serial_range

OTHER_REGISTRY = b"other".ljust(32, b"\0")
OTHER_BOOK = b"\x56" * 32
CLAIMED = "credits: serials are already claimed"


@pytest.fixture
def refused(credits: Any, retirements: Retirements, alice: Any, now: int) -> Callable[..., None]:
    """Expects that a range is refused, with this reason."""

    def refuse(source: dict[str, Any], hint: int, reason: str, **changes: Any) -> None:
        signed = retirements.make(alice, now, source, **changes)
        with ape.reverts(reason):
            credits.mint(signed.report, signed.signatures, hint, sender=alice)

    return refuse


def test_mint__ranges_in_any_order__are_claimed(
    credits: Any, minted: Callable[..., Signed], alice: Any
) -> None:
    minted(alice, serial_range(1000, 1004))
    minted(alice, serial_range(2000, 2004), hint=1000)
    minted(alice, serial_range(1, 5))
    minted(alice, serial_range(1005, 1009), hint=1000)
    minted(alice, serial_range(995, 999), hint=1)
    assert credits.balanceOf(alice) == 5
    assert credits.is_claimed(serial_range(1002, 1002))
    assert not credits.is_claimed(serial_range(1010, 1999))


@pytest.mark.parametrize(
    ("first", "last", "hint"),
    [
        (1000, 1004, 0),
        (1000, 1004, 1000),
        (1004, 1010, 1000),
        (990, 1000, 0),
        (990, 1010, 0),
        (1001, 1003, 1000),
        (1001, 1003, 0),
        (1, 2**128 - 1, 0),
    ],
)
def test_mint__range_that_overlaps_in_any_way__reverts(
    minted: Callable[..., Signed],
    refused: Callable[..., None],
    alice: Any,
    first: int,
    last: int,
    hint: int,
) -> None:
    minted(alice, serial_range(1000, 1004))
    refused(serial_range(first, last), hint, CLAIMED)


def test_mint__range_over_a_gap_and_its_neighbour__reverts(
    minted: Callable[..., Signed], refused: Callable[..., None], alice: Any
) -> None:
    minted(alice, serial_range(1000, 1004))
    minted(alice, serial_range(1010, 1014), hint=1000)
    refused(serial_range(1005, 1010), 1000, CLAIMED)
    minted(alice, serial_range(1005, 1009), hint=1000)


def test_mint__same_serials_in_another_book__are_claimed(
    credits: Any, minted: Callable[..., Signed], alice: Any
) -> None:
    minted(alice, serial_range(1000, 1004))
    minted(alice, serial_range(1000, 1004, OTHER_BOOK))
    assert credits.balanceOf(alice) == 2


def test_mint__book_of_another_registry__reverts(
    credits: Any, owner: Any, minted: Callable[..., Signed], refused: Callable[..., None], alice: Any
) -> None:
    credits.set_registry(OTHER_REGISTRY, True, TONNE_UG, b"\x22" * 32, sender=owner)
    minted(alice, serial_range(1000, 1004))
    reason = "credits: book belongs to another registry"
    refused(serial_range(2000, 2004), 1000, reason, registry=OTHER_REGISTRY)
    minted(alice, serial_range(2000, 2004, OTHER_BOOK), registry=OTHER_REGISTRY)


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        (0, 4, "credits: serials must be 1 <= first <= last"),
        (5, 4, "credits: serials must be 1 <= first <= last"),
        (1, 2**128, "credits: serials must be below 2^128"),
        (2**255, 2**256 - 1, "credits: serials must be below 2^128"),
    ],
)
def test_mint__range_that_is_none__reverts(
    refused: Callable[..., None], first: int, last: int, reason: str
) -> None:
    refused(serial_range(first, last), 0, reason)


def test_mint__no_book__reverts(refused: Callable[..., None]) -> None:
    refused(serial_range(1, 5, ZERO), 0, "credits: book is empty")


def test_mint__last_serial_there_is__is_claimed(
    credits: Any, minted: Callable[..., Signed], refused: Callable[..., None], alice: Any
) -> None:
    last = 2**128 - 1
    minted(alice, serial_range(last - 4, last))
    assert credits.is_claimed(serial_range(last, last))
    refused(serial_range(last, last), 0, CLAIMED, amount_ug=1)


def test_mint__serials_in_the_upper_half__can_be_followed(
    credits: Any, minted: Callable[..., Signed], alice: Any
) -> None:
    minted(alice, serial_range(2**127, 2**127 + 9))
    minted(alice, serial_range(2**127 + 10, 2**127 + 19), hint=2**127)
    assert credits.hint_for(serial_range(1, 1)["book"], 2**128 - 1) == 2**127 + 10


@pytest.mark.parametrize("amount_ug", [1, 5 * TONNE_UG])
def test_mint__amount_up_to_the_serials_worth__is_minted(
    credits: Any, minted: Callable[..., Signed], alice: Any, amount_ug: int
) -> None:
    signed = minted(alice, serial_range(1000, 1004), amount_ug=amount_ug)
    assert credits.certificate(signed.token_id).amount_ug == amount_ug


def test_mint__amount_above_the_serials_worth__reverts(refused: Callable[..., None]) -> None:
    reason = "credits: amount is above the serials' worth"
    refused(serial_range(1000, 1004), 0, reason, amount_ug=5 * TONNE_UG + 1)


def test_mint__hint_that_starts_no_range__reverts(
    minted: Callable[..., Signed], refused: Callable[..., None], alice: Any
) -> None:
    minted(alice, serial_range(1000, 1004))
    refused(serial_range(2000, 2004), 1001, "credits: hint is not the start of a claimed range")


def test_mint__hint_above_the_range__reverts(
    minted: Callable[..., Signed], refused: Callable[..., None], alice: Any
) -> None:
    minted(alice, serial_range(1000, 1004))
    refused(serial_range(1, 5), 1000, "credits: hint is above the range")


def test_mint__hint_sixteen_ranges_too_low__is_still_minted(
    credits: Any, minted: Callable[..., Signed], refused: Callable[..., None], alice: Any
) -> None:
    for number in range(1, 18):
        minted(alice, serial_range(10 * number, 10 * number), hint=10 * (number - 1), amount_ug=1)
    too_far = "credits: hint is too far below the range"
    refused(serial_range(500, 500), 0, too_far, amount_ug=1)
    minted(alice, serial_range(500, 500), hint=10, amount_ug=1)
    assert credits.is_claimed(serial_range(500, 500))
