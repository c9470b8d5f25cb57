"""The outside effects of an order, each safe to repeat: buy at the market, fulfil and decline at the desk.

Further parts of a split purchase are certified in `greenledger.offsets.further`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from greenledger.chain.calldata import encode_decline, encode_fulfil
from greenledger.chain.errors import ChainUnavailable, Reverted
from greenledger.chain.fees import FeesAboveCap
from greenledger.chain.records import DeskState
from greenledger.chain.transactions import Call, Outcome, Transaction
from greenledger.evidence.typed_data import retirement_report_from_json
from greenledger.evidence.words import word_bytes
from greenledger.offsets.desk_order import desk_order_of, purchase_of
from greenledger.offsets.effects import SENT_AGAIN_S, Done, Later, seller_of
from greenledger.offsets.errors import AmountNotOffered, MarketRefused, MarketUnavailable, UnknownSource
from greenledger.offsets.further import certify
from greenledger.offsets.happenings import Bought, NotBought, Requoted, SentInVain
from greenledger.offsets.machine import Act, Progress
from greenledger.offsets.market import Market
from greenledger.offsets.parts import Boundary, Parts, Seller, unmarked
from greenledger.offsets.transitions import effect_key
from greenledger.usage.models.order import Order
from greenledger.usage.models.outbox import Effect

SENT_WITHIN = 4  # a market without a key is asked in the first quarter of the time its list may take
MILLION = 10**6


NoteAsking = Callable[[Order, int | None], Awaitable[bool]]
"""Writes down that the market is asked for an order from now on, if it is still to be bought.

Given the order as it was read and its `asked_at` then; False if either has changed meanwhile.
"""


async def act(
    effect: Effect, order: Order, parts: Parts, note: NoteAsking, now: int, mark: Boundary = unmarked
) -> Done | Later:
    """Does an effect for an order as it is now (Unix seconds) and says what came of it.

    Raises MarketUnavailable, ChainUnavailable or FeesAboveCap when it has to be tried again.
    """
    kind = Act(effect.kind)
    if kind is Act.CERTIFY:
        return await certify(effect, order, parts, now)
    if effect.key != effect_key(order.id, order.acts, effect.kind):
        return Done({"void": "a later effect stands in its place"})
    match kind:
        case Act.PLACE:
            return await _place(order, parts, note, now, mark)
        case Act.FULFIL:
            return await _fulfil(effect, order, parts)
        case Act.DECLINE:
            return await _decline(effect, order, parts)


async def _place(order: Order, parts: Parts, note: NoteAsking, now: int, mark: Boundary) -> Done | Later:
    market = parts.markets.get(order.quote.market)
    if market is None:
        raise MarketUnavailable(f"marketplace {order.quote.market} is not configured")
    purchase = purchase_of(order)
    asked_at = order.asked_at
    if asked_at is None and order.state != Progress.PAID:
        return Done({"void": f"the order is {order.state} and nothing was asked for"})
    if await market.poll(purchase.quote_reference) is not None:
        return Done({"reference": purchase.quote_reference}, Bought())
    listed_after_s = parts.listed_after_s.get(market.name, 0)
    settled = asked_at is None or now >= asked_at + max(parts.rules.settle_s, listed_after_s)
    if order.state != Progress.PAID:
        # Nobody pays any more: only look whether an earlier request has bought.
        return _nothing("unpaid", "The order is not paid for any more.") if settled else Later(5)
    if (hindrance := await _hindrance(order, parts, now)) is not None:
        return _nothing(*hindrance) if settled else Later(5, hindrance)
    if asked_at is not None and now < asked_at + listed_after_s:
        return Later(5, ("market_uncertain", "An earlier request may have been met. It is looked for first."))
    if (listed_after_s or asked_at is None) and not await note(order, asked_at):
        return Later(0)
    mark("place:noted")
    if listed_after_s:
        purchase = replace(purchase, send_before=now + listed_after_s // SENT_WITHIN)
    try:
        await market.place(purchase)
    except MarketRefused as error:
        # Looked for once more: nothing is bought a second time on the word of a refusal alone.
        if await market.poll(purchase.quote_reference) is not None:
            return Done({"reference": purchase.quote_reference}, Bought())
        certain = asked_at is None or listed_after_s > 0 or settled
        return await _after_refusal(order, market, parts, error, certain)
    mark("place:bought")
    return Done({"reference": purchase.quote_reference}, Bought())


async def _hindrance(order: Order, parts: Parts, now: int) -> tuple[str, str] | None:
    """What speaks against buying now. The chain was asked before, but that may be a while ago."""
    registry = order.quote.registry_key
    if not (await parts.chain.registry(registry)).enabled:
        detail = f"Retirements in registry {registry} are not certified any more. Nothing was bought."
        return ("registry_not_accepted", detail)
    if order.desk_id is not None:
        deadline = desk_order_of(order).deadline
        if max(now, await parts.chain.latest_timestamp()) >= deadline - parts.rules.place_margin_s:
            return ("deadline_near", "The payment may be taken back soon, so nothing was bought.")
    return None


async def _after_refusal(
    order: Order, market: Market, parts: Parts, error: MarketRefused, certain: bool
) -> Done | Later:
    """Nothing was bought, if no earlier request was: then, and once, another price is asked for."""
    refusal = ("market_refused", f"The marketplace refused the order: {error}. Nothing was bought.")
    if not certain:
        return Later(
            5, ("market_uncertain", f"The marketplace refuses ({error}); an earlier request may count.")
        )
    if order.desk_id is None or order.requotes > 0:
        return _nothing(*refusal)
    quote = order.quote
    try:
        second = await market.quote(quote.source_id, int(quote.amount_ug))
    except (MarketRefused, UnknownSource, AmountNotOffered):
        return _nothing(*refusal)
    most_cents = quote.cost_cents * (MILLION + parts.rules.price_tolerance_ppm) // MILLION
    if second.cost_cents > most_cents:
        moved = (
            f"The price moved from {quote.cost_cents} to {second.cost_cents} US cents. Nothing was bought."
        )
        return _nothing("price_moved", moved)
    return Done({"refused": str(error)[:200]}, Requoted(second.reference))


def _nothing(code: str, detail: str) -> Done:
    return Done({"not_bought": code}, NotBought(code, detail))


async def _fulfil(effect: Effect, order: Order, parts: Parts) -> Done | Later:
    async def data() -> bytes:
        entry = order.reports[-1]
        report = retirement_report_from_json(entry["report"])
        signatures = [word_bytes(signature) for signature in entry["signatures"]]
        hint = await parts.chain.hint_for(report.source.book, report.source.first)
        return encode_fulfil(desk_order_of(order), report, signatures, hint)

    return await _to_desk(effect, order, parts, Progress.COSIGNED, data)


async def _decline(effect: Effect, order: Order, parts: Parts) -> Done | Later:
    async def data() -> bytes:
        return encode_decline(desk_order_of(order))

    return await _to_desk(effect, order, parts, Progress.REFUNDING, data)


async def _to_desk(
    effect: Effect, order: Order, parts: Parts, due: Progress, data: Callable[[], Awaitable[bytes]]
) -> Done | Later:
    """Sends the effect's transaction if the order is `due` for it and none went out yet, or follows it."""
    seller = seller_of(parts)
    sent = await seller.sender.outcome(effect.key)
    if sent is not None:
        return await _followed(seller, effect, sent)
    if order.state != due:
        return Done({"void": f"the order is {order.state}"})
    return await _first_sent(effect, order, parts, seller, await data())


async def _first_sent(
    effect: Effect, order: Order, parts: Parts, seller: Seller, data: bytes
) -> Done | Later:
    try:
        await seller.sender.send(effect.key, Call(seller.desk, data))
    except Reverted as error:
        # Somebody else may have closed the order: the desk's event ends this once it is final, and if that is
        # taken back instead, the order is open again.
        if await parts.chain.order_state(word_bytes(order.desk_id or "")) > DeskState.OPEN:
            return Later(SENT_AGAIN_S)
        detail = f"The desk does not take it now: {error.reason}. It is tried again."
        return Later(5, ("desk_refuses", detail))
    except FeesAboveCap as error:
        raise ChainUnavailable(str(error)) from error
    return Later(1)


async def _followed(seller: Seller, effect: Effect, sent: Transaction) -> Done | Later:
    """Waits for the outcome; what the transaction did to the order, the desk's own event tells."""
    if sent.outcome is Outcome.PENDING:
        await seller.sender.send(effect.key, sent.call)
        return Later(SENT_AGAIN_S)
    result = {"transaction": sent.mined_hash or sent.bids[-1].hash, "outcome": str(sent.outcome)}
    if sent.outcome is Outcome.DONE:
        return Done(result)
    return Done(result | {"reason": (sent.reason or "")[:200]}, SentInVain(sent.reason or ""))
