"""`release_source`: serials of a reversed retirement can be retired again, and only then."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from reports import (
    ISSUED_IN_ERROR,
    NOBODY,
    RETIRED_BY_ADAPTER,
    REVERSED,
    TONNE_UG,
    ZERO,
    Retirements,
    Signed,
    on_chain_origin,
    serial_range,
    shared_block,
)

RANGE = serial_range(1000, 1004)
BLOCK = shared_block(1000, 1004)
CLAIMED = "credits: serials are already claimed"
NOT_REVERSED = "credits: retirement was not reversed"
RELEASED = "credits: source is already released"


@pytest.mark.parametrize("source", [RANGE, on_chain_origin(book=b"\x78" * 32), BLOCK])
def test_release_source__reversed__can_be_minted_by_a_new_report_and_not_by_the_old(
    credits: Any,
    minted: Callable[..., Signed],
    reversed_: Callable[..., Signed],
    release: Callable[..., Any],
    alice: Any,
    bob: Any,
    source: dict[str, Any],
) -> None:
    old = reversed_(alice, source)
    receipt = release(old.report)
    (event,) = receipt.decode_logs(credits.SourceReleased)
    assert event.certificate == old.token_id
    assert list(event.source) == list(source.values())
    assert not credits.is_claimed(source)
    assert credits.block_left_ug(source) == 0
    with ape.reverts("credits: report is already minted"):
        credits.mint(old.report, old.signatures, 0, sender=alice)
    assert not credits.is_claimed(source)
    new = minted(bob, source)
    assert credits.ownerOf(new.token_id) == bob
    assert credits.is_claimed(source)
    assert credits.certificate(old.token_id).voided


def test_release_source__of_an_adapter__frees_its_reference(
    credits: Any,
    adapter: Any,
    retirements: Retirements,
    voided: Callable[..., Any],
    release: Callable[..., Any],
    chain: Any,
    alice: Any,
    now: int,
) -> None:
    retirement = retirements.make(alice, now, evidence=ZERO, valid_until=0).report["retirement"]
    book = bytes.fromhex(adapter.address[2:]).rjust(32, b"\0")
    source = {"kind": RETIRED_BY_ADAPTER, "book": book, "first": chain.chain_id, "last": 9}
    report = {
        "holder": alice.address,
        "minter": adapter.address,
        "order": ZERO,
        "retirement": retirement,
        "source": source,
    }
    adapter.mint(credits, alice, retirement, 9, sender=alice)
    voided(int.from_bytes(credits.report_id(report)), REVERSED)
    release(report)
    assert not credits.is_claimed(source)
    with ape.reverts("credits: report is already minted"):
        adapter.mint(credits, alice, retirement, 9, sender=alice)
    adapter.mint(credits, alice, retirement | {"amount_ug": 1}, 9, sender=alice)
    assert credits.is_claimed(source)


def test_release_source__issued_in_error_or_not_void__reverts(
    credits: Any,
    minted: Callable[..., Signed],
    voided: Callable[..., Any],
    release: Callable[..., Any],
    alice: Any,
) -> None:
    signed = minted(alice, RANGE)
    with ape.reverts(NOT_REVERSED):
        release(signed.report)
    voided(signed.token_id, ISSUED_IN_ERROR)
    with ape.reverts(NOT_REVERSED):
        release(signed.report)
    assert credits.is_claimed(RANGE)


def test_release_source__allocations_left__reverts_until_the_last_is_undone(
    credits: Any,
    recorded: Callable[..., Signed],
    minted: Callable[..., Signed],
    allocated: Callable[..., dict[str, Any]],
    voided: Callable[..., Any],
    release: Callable[..., Any],
    alice: Any,
) -> None:
    signed = minted(alice, RANGE)
    allocations = [allocated(alice, signed, recorded(alice), amount_ug) for amount_ug in (1, TONNE_UG)]
    between = credits.allocation_chain(signed.token_id)
    last = allocated(alice, signed, recorded(alice), 2)
    voided(signed.token_id, REVERSED)
    for before, named in [(between, [last]), (ZERO, allocations)]:
        with ape.reverts("credits: allocations are not all undone"):
            release(signed.report)
        credits.undo(signed.token_id, before, named, sender=alice)
    release(signed.report)
    assert not credits.is_claimed(RANGE)


def test_release_source__twice__reverts_even_once_somebody_else_uses_the_serials(
    credits: Any,
    minted: Callable[..., Signed],
    reversed_: Callable[..., Signed],
    release: Callable[..., Any],
    alice: Any,
    bob: Any,
) -> None:
    old = reversed_(alice, RANGE)
    release(old.report)
    with ape.reverts(RELEASED):
        release(old.report)
    minted(bob, RANGE)
    with ape.reverts(RELEASED):
        release(old.report)
    assert credits.is_claimed(RANGE)


@pytest.mark.parametrize(
    "change",
    [
        {"holder": NOBODY},
        {"minter": "0x" + "11" * 20},
        {"order": b"\x01" * 32},
        {"retirement_hash": ZERO},
        {"source": serial_range(1000, 1003)},
        {"source": serial_range(1001, 1004)},
        {"source": serial_range(2000, 2004)},
        {"source": BLOCK},
        {"source": RANGE | {"book": b"\x56" * 32}},
    ],
)
def test_release_source__other_parts_than_it_was_minted_from__reverts(
    credits: Any,
    minted: Callable[..., Signed],
    reversed_: Callable[..., Signed],
    release: Callable[..., Any],
    alice: Any,
    bob: Any,
    change: dict[str, Any],
) -> None:
    signed = reversed_(alice, RANGE)
    minted(bob, serial_range(2000, 2004), hint=1000)
    with ape.reverts("credits: no such certificate"):
        release(signed.report, **change)
    assert credits.is_claimed(RANGE) and credits.is_claimed(serial_range(2000, 2004))


def test_release_source__hint_that_is_none__reverts(
    minted: Callable[..., Signed], reversed_: Callable[..., Signed], release: Callable[..., Any], alice: Any
) -> None:
    minted(alice, serial_range(10, 11), amount_ug=1)
    signed = reversed_(alice, RANGE, hint=10)
    minted(alice, serial_range(2000, 2001), hint=1000, amount_ug=1)
    for hint, reason in [
        (11, "credits: hint is not the start of a claimed range"),
        (1000, "credits: hint is above the range"),
        (2000, "credits: hint is above the range"),
    ]:
        with ape.reverts(reason):
            release(signed.report, hint)
    release(signed.report, 10)


def test_release_source__hint_sixteen_ranges_too_low__still_works_and_seventeen_do_not(
    credits: Any,
    minted: Callable[..., Signed],
    reversed_: Callable[..., Signed],
    release: Callable[..., Any],
    alice: Any,
) -> None:
    for number in range(1, 18):
        minted(alice, serial_range(10 * number, 10 * number), hint=10 * (number - 1), amount_ug=1)
    signed = reversed_(alice, RANGE, hint=170)
    with ape.reverts("credits: hint is too far below the range"):
        release(signed.report, 0)
    release(signed.report, 10)
    assert not credits.is_claimed(RANGE)
    assert credits.hint_for(RANGE["book"], 5000) == 170


def test_release_source__range_between_others__leaves_them_claimed(
    credits: Any,
    minted: Callable[..., Signed],
    reversed_: Callable[..., Signed],
    release: Callable[..., Any],
    retirements: Retirements,
    alice: Any,
    now: int,
) -> None:
    minted(alice, serial_range(995, 999))
    signed = reversed_(alice, RANGE, hint=995)
    minted(alice, serial_range(1005, 1009), hint=1000)
    release(signed.report, 995)
    over = retirements.make(alice, now, serial_range(1000, 1005))
    with ape.reverts(CLAIMED):
        credits.mint(over.report, over.signatures, 995, sender=alice)
    minted(alice, serial_range(1000, 1001), hint=995, amount_ug=1)
    minted(alice, shared_block(1002, 1004), hint=1000, amount_ug=1)


def test_release_source__book_of_a_registry__is_its_own_until_the_last_range_is_free(
    credits: Any,
    owner: Any,
    reversed_: Callable[..., Signed],
    release: Callable[..., Any],
    retirements: Retirements,
    alice: Any,
    now: int,
) -> None:
    first, last = reversed_(alice, RANGE), reversed_(alice, serial_range(2000, 2004), hint=1000)
    other = b"other".ljust(32, b"\0")
    credits.set_registry(other, True, TONNE_UG, b"\x22" * 32, sender=owner)
    signed = retirements.make(alice, now, RANGE, registry=other)
    release(first.report)
    with ape.reverts("credits: book belongs to another registry"):
        credits.mint(signed.report, signed.signatures, 0, sender=alice)
    release(last.report)
    credits.mint(signed.report, signed.signatures, 0, sender=alice)
    assert credits.is_claimed(RANGE)


def test_release_source__registry_off_and_all_paused__is_not_stopped(
    credits: Any, owner: Any, reversed_: Callable[..., Signed], release: Callable[..., Any], alice: Any
) -> None:
    signed = reversed_(alice, RANGE)
    registry = signed.report["retirement"]["registry"]
    credits.set_registry(registry, False, TONNE_UG, b"\x22" * 32, sender=owner)
    credits.pause(sender=owner)
    release(signed.report)
    assert not credits.is_claimed(RANGE)


def test_release_source__report_of_a_desk__names_minter_and_order_too(
    credits: Any,
    retirements: Retirements,
    voided: Callable[..., Any],
    release: Callable[..., Any],
    alice: Any,
    bob: Any,
    now: int,
) -> None:
    signed = retirements.make(alice, now, RANGE, minter=bob, order=b"\x01" * 32)
    credits.mint(signed.report, signed.signatures, 0, sender=bob)
    voided(signed.token_id, REVERSED)
    with ape.reverts("credits: no such certificate"):
        release(signed.report | {"minter": NOBODY})
    release(signed.report)
    assert not credits.is_claimed(RANGE)
