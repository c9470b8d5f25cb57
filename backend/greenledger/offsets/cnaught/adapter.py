"""CNaught as a market. Its quotes have no id, so ours carries its own terms and is the idempotency key.

CNaught tells neither a vintage nor the day of a retirement. The vintage is read from the registry's serial
numbers; the day of the order stands for the day of the retirement, and `not_told` says so.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from greenledger.offsets.amounts import plain, ug_to_tonnes
from greenledger.offsets.cnaught import parse
from greenledger.offsets.cnaught.portfolio import DEFAULT, Portfolio
from greenledger.offsets.errors import (
    MarketRefused,
    MarketUnavailable,
    ProofNotFound,
    ProofUnusable,
)
from greenledger.offsets.http import MarketHttp, Reply
from greenledger.offsets.market import Order, Project, Proof, Purchase, Quote
from greenledger.offsets.reply_fields import invalid, items, optional_text, record, ug_of_kg, whole
from greenledger.offsets.terms import MOST_CENTS, MOST_UG, UG_PER_G, Terms, read_terms
from greenledger.offsets.vendor import Vendor

QUOTE_LIFETIME_S = 600
TONNE_UG = 10**12
PAGE, MAX_PAGES = 100, 20
CLOCKS_DIFFER_S = 3_600  # orders older than their quote by more than this cannot be its orders
REMEMBERED = 10_000
BUSY_S = 2.0


class CNaught(Vendor):
    """The market port over the CNaught API."""

    name = "cnaught"
    speaks = "1"
    step_ug = UG_PER_G

    def __init__(
        self,
        http: MarketHttp,
        portfolios: Sequence[Portfolio],
        webhook_url: str | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`webhook_url` is told to the market with each order; `clock` gives Unix seconds."""
        super().__init__(http)
        self._portfolios = {portfolio.source_id: portfolio for portfolio in portfolios}
        self._webhook_url = webhook_url
        self._clock = clock
        self._ids: OrderedDict[str, str] = OrderedDict()  # quote reference -> order id: saves a search

    async def quote(self, source_id: str, amount_ug: int) -> Quote:
        """A price; raises UnknownSource or AmountNotOffered."""
        offer = await self._offer(source_id, amount_ug)
        portfolio = self._portfolios[source_id]
        cost_cents = await self._price_cents(portfolio.id, amount_ug)
        now = int(self._clock())
        terms = Terms.new(amount_ug, cost_cents, now, portfolio.id)
        return Quote(terms.reference, offer, amount_ug, cost_cents, now + QUOTE_LIFETIME_S)

    async def place(self, purchase: Purchase) -> Order:
        """Buy by mass. The quote reference is the idempotency key, so repeating is safe at the market too."""
        existing = await self.poll(purchase.quote_reference)
        if existing is not None:
            return existing
        terms = read_terms(purchase.quote_reference)
        terms.check_fresh(self._clock())
        price_cents = await self._price_cents(terms.item, terms.amount_ug)
        if price_cents > terms.cost_cents:
            moved = f"the price moved from {terms.cost_cents} to {price_cents} US cents"
            raise MarketRefused(moved, 409, "price-moved")
        try:
            reply = await self._http.post_repeatable(
                "/orders", self._body(terms, purchase), {"idempotency-key": purchase.quote_reference}
            )
        except MarketRefused as error:
            if error.status == 409:
                raise MarketUnavailable(f"the order is being placed: {error}", BUSY_S) from error
            if error.status == 422:
                return await self._placed_otherwise(purchase.quote_reference, error)
            # What is refused may be the repetition of a request that was met and whose reply was lost.
            existing = await self.poll(purchase.quote_reference)
            if existing is None:
                raise
            return existing
        value = record(reply.value, "order")
        if ug_of_kg(value.get("amount_kg"), "amount_kg") != terms.amount_ug:
            raise invalid("amount_kg", f"{_kg(terms.amount_ug)}, which was ordered")
        return self._seen(value, purchase.quote_reference)

    async def poll(self, quote_reference: str) -> Order | None:
        """The order that was placed with a quote, None if there is none."""
        terms = read_terms(quote_reference)
        known = self._ids.get(quote_reference)
        value = await self._order(known) if known is not None else await self._search(terms)
        return self._seen(value, quote_reference) if value is not None else None

    async def proof(self, reference: str) -> Proof:
        """The evidence of one part of an order, by {order id}/{index}. Needs the account's key."""
        match = parse.REFERENCE.fullmatch(reference)
        if match is None:
            raise ProofUnusable(f"reference: {reference[:120]} is not {{order id}}/{{index}}")
        try:
            reply = await self._http.get(f"/orders/{match.group(1)}", with_key=True)
        except MarketRefused as error:
            if error.status == 404:
                raise ProofNotFound(reference) from error
            raise
        return _proof(reply, reference, int(match.group(2)))

    async def _price_cents(self, portfolio: str, amount_ug: int) -> int:
        body = f'{{"amount_kg":{_kg(amount_ug)}{_portfolio_field(portfolio)}}}'
        reply = record((await self._http.post_repeatable("/quotes", body)).value, "quote")
        if ug_of_kg(reply.get("amount_kg"), "amount_kg") != amount_ug:
            raise invalid("amount_kg", f"{_kg(amount_ug)}, which was asked for")
        return whole(reply.get("price_usd_cents"), "price_usd_cents", MOST_CENTS)

    async def _read_offers(self) -> tuple[Project, ...]:
        offers = []
        for portfolio in self._portfolios.values():
            cents = await self._price_cents(portfolio.id, TONNE_UG)
            offers.append(_offer(portfolio, Decimal(cents).scaleb(-2)))
        return tuple(sorted(offers, key=lambda offer: (offer.price_usd_per_tonne, offer.source_id)))

    async def _order(self, identity: str) -> dict[str, Any] | None:
        try:
            return record((await self._http.get(f"/orders/{identity}", with_key=True)).value, "order")
        except MarketRefused as error:
            if error.status == 404:
                return None
            raise

    async def _search(self, terms: Terms) -> dict[str, Any] | None:
        """The order whose metadata names the quote, among those made since the quote; newest first."""
        params = {"limit": str(PAGE)}
        for _ in range(MAX_PAGES):
            page = items((await self._http.get("/orders", params, with_key=True)).value, "orders", "data")
            for value in page:
                memo = parse.read_memo(value.get("metadata"))
                if memo is not None and memo.quote == terms.reference:
                    return value
            if len(page) < PAGE or parse.placed_at(page[-1]) < terms.quoted_at - CLOCKS_DIFFER_S:
                return None
            params |= {"starting_after": parse.order_id(page[-1])}
        raise MarketUnavailable(f"orders: {terms.reference} is not among the newest {PAGE * MAX_PAGES}")

    async def _placed_otherwise(self, quote_reference: str, error: MarketRefused) -> Order:
        """The key was used with another body: an order exists, and its evidence will show what differs."""
        existing = await self.poll(quote_reference)
        if existing is None:
            raise MarketUnavailable(f"the key was used, and no order of it is found: {error}") from error
        return existing

    def _seen(self, value: dict[str, Any], quote_reference: str) -> Order:
        self._ids[quote_reference] = parse.order_id(value)
        if len(self._ids) > REMEMBERED:
            self._ids.popitem(last=False)
        return parse.order_of(value, quote_reference)

    def _body(self, terms: Terms, purchase: Purchase) -> str:
        """The same bytes for the same purchase: an idempotency key may not be used with another body."""
        fields: dict[str, Any] = {
            "metadata": parse.memo_text(purchase),
            "description": parse.BEHALF + purchase.beneficiary_name,
        }
        if self._webhook_url is not None:
            fields["notification_config"] = {"url": self._webhook_url}
        rest = json.dumps(fields, ensure_ascii=False)[1:]
        return f'{{"amount_kg":{_kg(terms.amount_ug)}{_portfolio_field(terms.item)},{rest}'


def _portfolio_field(portfolio: str) -> str:
    return "" if portfolio == DEFAULT else f',"portfolio_id":{json.dumps(portfolio)}'


def _kg(amount_ug: int) -> str:
    """Kilograms with every digit and never as a binary float."""
    return format(plain(ug_to_tonnes(amount_ug).scaleb(3)), "f")


def _offer(portfolio: Portfolio, price: Decimal) -> Project:
    """CNaught tells no supply: the most that one order takes here stands for it."""
    return Project(
        source_id=portfolio.source_id,
        project=portfolio.project,
        name=portfolio.name,
        registry=portfolio.registry,
        country=portfolio.country,
        vintage=portfolio.vintage,
        price_usd_per_tonne=price,
        available_ug=MOST_UG,
        minimum_ug=UG_PER_G,
        ex_ante=portfolio.ex_ante,
        market=CNaught.name,
        step_ug=UG_PER_G,
        kind=portfolio.kind,
        methodology=portfolio.methodology,
        removal=portfolio.removal,
        not_told=("available_ug",),
    )


def _proof(reply: Reply, reference: str, index: int) -> Proof:
    value = record(reply.value, "order")
    if value.get("state") != "fulfilled":
        raise ProofUnusable(f"state: found {str(value.get('state'))[:60]}, expected fulfilled")
    memo = parse.read_memo(value.get("metadata"))
    if memo is None:
        raise ProofUnusable("metadata: found none of ours, expected quote and beneficiary")
    if value.get("description") != parse.BEHALF + memo.beneficiary:
        raise ProofUnusable(
            f"description: found {optional_text(value.get('description'))[:120]!r}, "
            f"expected {parse.BEHALF + memo.beneficiary!r}"
        )
    part = parse.part_of(value, index)
    first = part.ranges[0]
    if first.project is None or first.vintage is None:
        raise ProofUnusable("project and vintage: not in the serial numbers, and CNaught tells no vintage")
    return Proof(
        market=CNaught.name,
        reference=reference,
        registry=first.registry,
        project=first.project,
        vintage=first.vintage,
        amount_ug=part.amount_ug,
        beneficiary=memo.beneficiary,
        beneficiary_address=memo.address,
        message=memo.message[:500],
        serials=part.serials,
        retired_at=parse.placed_at(value),
        origin=None,
        url=part.url[:500] or optional_text(value.get("certificate_public_url"))[:500],
        evidence=hashlib.sha256(reply.raw).digest(),
        not_told=("retired_at",),
    )
