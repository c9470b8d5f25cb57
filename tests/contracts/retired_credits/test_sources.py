"""`is_claimed` and `hint_for`: what is taken, and where a new range goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from reports import Signed, on_chain_origin, serial_range, shared_block

BOOK = b"\x55" * 32


def test_is_claimed__on_chain_origin__is_true_after_minting(
    credits: Any, minted: Callable[..., Signed], alice: Any
) -> None:
    source = on_chain_origin()
    assert not credits.is_claimed(source)
    minted(alice, source)
    assert credits.is_claimed(source)
    assert not credits.is_claimed(source | {"last": 1})


@pytest.mark.parametrize(
    ("first", "last", "claimed"),
    [
        (1, 999, False),
        (1, 1000, True),
        (1002, 1002, True),
        (1004, 2000, True),
        (1005, 1999, False),
        (1, 9999, True),
        (2004, 2004, True),
        (2005, 2**256 - 1, False),
    ],
)
def test_is_claimed__serial_range__is_true_where_any_serial_is(
    credits: Any, minted: Callable[..., Signed], alice: Any, first: int, last: int, claimed: bool
) -> None:
    minted(alice, serial_range(1000, 1004))
    minted(alice, serial_range(2000, 2004), hint=1000)
    assert credits.is_claimed(serial_range(first, last)) is claimed


def test_is_claimed__empty_book_or_other_kind__is_false(credits: Any) -> None:
    assert not credits.is_claimed(serial_range(1, 2**256 - 1))
    assert not credits.is_claimed(shared_block(1, 2**256 - 1))
    assert not credits.is_claimed(on_chain_origin(kind=5))


@pytest.mark.parametrize(
    ("first", "hint"), [(1, 0), (999, 0), (1000, 1000), (1005, 1000), (1999, 1000), (5000, 2000)]
)
def test_hint_for__new_range__is_the_start_of_the_one_below(
    credits: Any, minted: Callable[..., Signed], alice: Any, first: int, hint: int
) -> None:
    minted(alice, serial_range(2000, 2004))
    minted(alice, serial_range(1000, 1004))
    assert credits.hint_for(BOOK, first) == hint


def test_hint_for__empty_book__is_zero(credits: Any) -> None:
    assert credits.hint_for(BOOK, 5) == 0


def test_hint_for__used_in_a_mint__is_accepted(
    credits: Any, minted: Callable[..., Signed], alice: Any
) -> None:
    for first in (500, 100, 300, 200, 400):
        minted(alice, serial_range(first, first + 4), hint=credits.hint_for(BOOK, first))
    assert credits.balanceOf(alice) == 5
