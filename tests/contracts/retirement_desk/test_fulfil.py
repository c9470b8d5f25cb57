"""`fulfil`: what was ordered is minted and paid for, once, by whoever brings the council's report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ape
import pytest
from reports import DAY_S, Quote, Signed
from signing import compact, make_keys, sign

from retirement_desk.conftest import FUNDS

FULFILLED = 2


def test_fulfil__by_anyone__mints_pays_and_closes(
    desk: Any,
    credits: Any,
    opened: Callable[..., Quote],
    retired: Callable[..., Signed],
    usdc: Any,
    payer: Any,
    seller: Any,
    alice: Any,
    bob: Any,
) -> None:
    quote = opened(holder=alice.address)
    signed = retired(quote)
    arguments = (quote.order, signed.report, signed.signatures, 0)
    assert desk.fulfil.call(*arguments, sender=bob) == signed.token_id
    receipt = desk.fulfil(*arguments, sender=bob)
    assert credits.ownerOf(signed.token_id) == alice
    assert credits.certificate(signed.token_id).amount_ug == quote.order["amount_ug"]
    assert desk.order_state(quote.id) == FULFILLED
    assert usdc.balanceOf(seller) == quote.order["price"]
    assert usdc.balanceOf(payer) == FUNDS - quote.order["price"]
    assert (usdc.balanceOf(desk), desk.held(usdc), desk.exposure(seller, usdc)) == (0, 0, 0)
    (closed,) = receipt.decode_logs(desk.OrderFulfilled)
    assert (closed.id, closed.certificate) == (quote.id, signed.token_id)
    assert (closed.paid, closed.returned) == (quote.order["price"], 0)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"holder": "0x" + "12" * 20}, "desk: holder is not the order's"),
        ({"registry": b"verra".ljust(32, b"\0")}, "desk: registry is not the order's"),
        ({"project": "ICR-124"}, "desk: project is not the order's"),
        ({"project": "ICR-1230"}, "desk: project is not the order's"),
        ({"project": ""}, "desk: project is not the order's"),
        ({"vintage": 2020}, "desk: vintage is not the order's"),
        ({"vintage": 0}, "desk: vintage is not the order's"),
        ({"beneficiary": "Example Labs"}, "desk: beneficiary is not the order's"),
        ({"beneficiary": "example labs GmbH"}, "desk: beneficiary is not the order's"),
        ({"minter": "0x" + "00" * 20}, "desk: report is for another minter"),
        ({"minter": "0x" + "12" * 20}, "desk: report is for another minter"),
        ({"order": bytes(32)}, "desk: report is for another order"),
        ({"order": b"\x12" * 32}, "desk: report is for another order"),
    ],
)
def test_fulfil__report_that_is_not_what_was_ordered__reverts(
    desk: Any,
    opened: Callable[..., Quote],
    fulfilled: Callable[..., Any],
    changes: dict[str, Any],
    reason: str,
) -> None:
    quote = opened()
    with ape.reverts(reason):
        fulfilled(quote, **changes)
    fulfilled(quote)
    assert desk.order_state(quote.id) == FULFILLED


@pytest.mark.parametrize("vintage", [1, 2020, 2021])
def test_fulfil__any_vintage_ordered__takes_every_one(
    desk: Any, opened: Callable[..., Quote], fulfilled: Callable[..., Any], vintage: int
) -> None:
    quote = opened(vintage=0)
    fulfilled(quote, vintage=vintage)
    assert desk.order_state(quote.id) == FULFILLED


@pytest.mark.parametrize(
    "field", ["holder", "price", "min_ug", "deadline", "salt", "payer", "seller", "token"]
)
def test_fulfil__order_that_was_changed__is_another_and_not_open(
    desk: Any, opened: Callable[..., Quote], retired: Callable[..., Signed], bob: Any, field: str
) -> None:
    quote = opened()
    signed = retired(quote)
    other = {"price": 1, "min_ug": 1, "deadline": quote.order["deadline"] + 1, "salt": b"\x12" * 32}
    changed = quote.order | {field: other.get(field, bob.address)}
    with ape.reverts("desk: order is not open"):
        desk.fulfil(changed, signed.report, signed.signatures, 0, sender=bob)


def test_fulfil__twice__reverts(
    desk: Any, opened: Callable[..., Quote], fulfilled: Callable[..., Any], usdc: Any, seller: Any
) -> None:
    quote = opened()
    fulfilled(quote)
    with ape.reverts("desk: order is not open"):
        fulfilled(quote)
    assert usdc.balanceOf(seller) == quote.order["price"]


def test_fulfil__one_report_for_two_orders__reverts(
    desk: Any, opened: Callable[..., Quote], retired: Callable[..., Signed], bob: Any
) -> None:
    one, other = opened(), opened()
    signed = retired(one)
    desk.fulfil(one.order, signed.report, signed.signatures, 0, sender=bob)
    with ape.reverts("desk: report is for another order"):
        desk.fulfil(other.order, signed.report, signed.signatures, 0, sender=bob)
    again = retired(other, source=signed.report["source"])
    with ape.reverts("credits: origin is already used"):
        desk.fulfil(other.order, again.report, again.signatures, 0, sender=bob)
    assert desk.order_state(other.id) == 1


def test_fulfil__report_minted_past_the_desk__reverts(
    desk: Any, credits: Any, opened: Callable[..., Quote], retired: Callable[..., Signed], alice: Any
) -> None:
    quote = opened()
    signed = retired(quote)
    with ape.reverts("credits: caller is not the report's minter"):
        credits.mint(signed.report, signed.signatures, 0, sender=alice)
    desk.fulfil(quote.order, signed.report, signed.signatures, 0, sender=alice)
    assert credits.certificate(signed.token_id).holder == quote.order["holder"]


def test_fulfil__order_that_never_opened__reverts(
    desk: Any, opened: Callable[..., Quote], orders: Any, usdc: Any, payer: Any, fulfilled: Any, now: int
) -> None:
    with ape.reverts("desk: order is not open"):
        fulfilled(orders.make(payer, usdc, now))


def test_fulfil__too_few_or_wrong_signatures__reverts(
    desk: Any, opened: Callable[..., Quote], retired: Callable[..., Signed], bob: Any
) -> None:
    quote = opened()
    signed = retired(quote)
    with ape.reverts("council: too few signatures"):
        desk.fulfil(quote.order, signed.report, signed.signatures[:1], 0, sender=bob)
    with ape.reverts("council: not a signer of this epoch"):
        forged = sign(signed.digest, make_keys(2, "stranger"))
        desk.fulfil(quote.order, signed.report, forged, 0, sender=bob)
    desk.fulfil(quote.order, signed.report, [compact(item) for item in signed.signatures], 0, sender=bob)
    assert desk.order_state(quote.id) == FULFILLED


def test_fulfil__certificates_paused__reverts_and_stays_open(
    desk: Any,
    credits: Any,
    owner: Any,
    opened: Callable[..., Quote],
    fulfilled: Callable[..., Any],
    usdc: Any,
    seller: Any,
) -> None:
    quote = opened()
    credits.pause(sender=owner)
    with ape.reverts("credits: new certificates are paused"):
        fulfilled(quote)
    assert desk.order_state(quote.id) == 1
    assert desk.held(usdc) == desk.exposure(seller, usdc) == usdc.balanceOf(desk) == quote.order["price"]
    credits.unpause(sender=owner)
    fulfilled(quote)
    assert desk.order_state(quote.id) == FULFILLED


def test_fulfil__desk_paused_seller_unlisted_token_stopped__goes_on(
    desk: Any,
    owner: Any,
    opened: Callable[..., Quote],
    fulfilled: Callable[..., Any],
    usdc: Any,
    seller: Any,
) -> None:
    quote = opened()
    desk.pause(sender=owner)
    desk.set_seller(seller, usdc, 0, sender=owner)
    desk.set_token(usdc, False, sender=owner)
    fulfilled(quote)
    assert usdc.balanceOf(seller) == quote.order["price"]
    assert (desk.exposure(seller, usdc), desk.seller_cap(seller, usdc)) == (0, 0)


def test_fulfil__after_the_deadline__goes_on_until_somebody_refunds(
    desk: Any,
    opened: Callable[..., Quote],
    retired: Callable[..., Signed],
    usdc: Any,
    seller: Any,
    bob: Any,
    chain: Any,
) -> None:
    late, refunded = opened(), opened()
    chain.pending_timestamp = late.order["deadline"] + DAY_S
    desk.refund(refunded.order, sender=bob)
    now = chain.blocks.head.timestamp
    signed = retired(late, valid_until=now + 3600)
    desk.fulfil(late.order, signed.report, signed.signatures, 0, sender=bob)
    assert usdc.balanceOf(seller) == late.order["price"]
    signed = retired(refunded, valid_until=now + 3600)
    with ape.reverts("desk: order is not open"):
        desk.fulfil(refunded.order, signed.report, signed.signatures, 0, sender=bob)


def test_fulfil__serial_range__needs_the_certificates_hint(
    desk: Any,
    credits: Any,
    opened: Callable[..., Quote],
    retired: Callable[..., Signed],
    bob: Any,
) -> None:
    book = b"\x55" * 32
    for first, hint in ((100, 0), (200, 100)):
        quote = opened()
        source = {"kind": 1, "book": book, "first": first, "last": first + 4}
        signed = retired(quote, source=source)
        if hint:
            with ape.reverts("credits: hint is not the start of a claimed range"):
                desk.fulfil(quote.order, signed.report, signed.signatures, 7, sender=bob)
        assert credits.hint_for(book, first) == hint
        desk.fulfil(quote.order, signed.report, signed.signatures, hint, sender=bob)
        assert credits.is_claimed(signed.report["source"])
