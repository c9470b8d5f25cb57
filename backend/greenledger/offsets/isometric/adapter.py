"""The Isometric registry as a market: it sells nothing, but an account holder can retire what it owns.

The registry has no idempotency key. A retirement's public notes therefore begin with the quote reference: a
retirement is looked for by it before one is made, and after a lost reply none is made again until the
registry has had time to list it. What this object remembers of lost replies ends with its process and is no
one else's. The order's `asked_at` keeps restarts and several gateways apart: it is stored before this is
called, only who stored it calls, and a request that comes too late after it is not sent.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Callable
from decimal import ROUND_CEILING, Decimal
from typing import Any

from greenledger.offsets.amounts import plain, ug_to_tonnes
from greenledger.offsets.errors import (
    MarketError,
    MarketRefused,
    MarketUnavailable,
    ProofNotFound,
    ProofUnusable,
)
from greenledger.offsets.http import MarketHttp, Reply
from greenledger.offsets.isometric import parse
from greenledger.offsets.isometric.account import Account
from greenledger.offsets.market import Label, Order, OrderState, Project, Proof, Purchase, Quote
from greenledger.offsets.reply_fields import items, optional_text, record
from greenledger.offsets.serials.serial_range import certified_text
from greenledger.offsets.terms import LONGEST_ITEM, MOST_UG, Terms, read_terms
from greenledger.offsets.vendor import Vendor

PREFIX = "isometric:"
KG_UG = 10**9  # the registry counts whole kilograms
QUOTE_LIFETIME_S = 600
PAGE, MAX_PAGES = 50, 40  # 50 is the registry's most
LISTED_AFTER_S = 300  # after an uncertain retirement, how long its absence from the list proves nothing
CLOCKS_DIFFER_S = 3_600


class Isometric(Vendor):
    """The market port over the Isometric registry's API. Without an account it only reads evidence."""

    name = "isometric"
    speaks = "0"
    step_ug = KG_UG

    def __init__(
        self, http: MarketHttp, account: Account | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        """`clock` gives Unix seconds."""
        super().__init__(http)
        self._account = account
        self._clock = clock
        self._suppliers: dict[str, str] = {}  # batch id -> supplier id, as last listed
        self._placing = asyncio.Lock()
        self._uncertain: dict[str, float] = {}  # quote reference -> when its retirement was asked for

    async def projects(self) -> tuple[Project, ...]:
        """The account's own active credit batches at its stated price; none without an account."""
        return await super().projects() if self._account is not None else ()

    async def quote(self, source_id: str, amount_ug: int) -> Quote:
        """The account's stated price; raises UnknownSource or AmountNotOffered."""
        offer = await self._offer(source_id, amount_ug)
        usd = ug_to_tonnes(amount_ug) * offer.price_usd_per_tonne
        cost_cents = int((usd * 100).to_integral_value(ROUND_CEILING))
        now = int(self._clock())
        terms = Terms.new(amount_ug, cost_cents, now, source_id.removeprefix(PREFIX))
        return Quote(terms.reference, offer, amount_ug, cost_cents, now + QUOTE_LIFETIME_S)

    async def place(self, purchase: Purchase) -> Order:
        """Retire from the quoted batch, at most once: see the module's text on how a repetition is found."""
        async with self._placing:
            existing = await self.poll(purchase.quote_reference)
            if existing is not None:
                return existing
            self._check_not_uncertain(purchase.quote_reference)
            body = await self._retirement_body(purchase)
            self._check_in_time(purchase)
            self._uncertain[purchase.quote_reference] = self._clock()
            try:
                reply = await self._http.post_once("/retirements", body)
                self._offers.expire()  # what is left of the batch has another id now
            except MarketRefused:
                del self._uncertain[purchase.quote_reference]
                raise
            except MarketUnavailable as error:
                return await self._after_lost_reply(purchase.quote_reference, error)
            return await self._order(reply.value, purchase.quote_reference)

    async def poll(self, quote_reference: str) -> Order | None:
        """The retirement whose notes begin with the quote reference, None if there is none."""
        terms = read_terms(quote_reference)
        account = self._holder()
        params = {"owner_org_id": account.organisation, "first": str(PAGE)}
        for _ in range(MAX_PAGES):
            page = record((await self._http.get("/retirements", params, with_key=True)).value, "retirements")
            nodes = items(page, "retirements", "nodes")
            for node in nodes:
                if optional_text(node.get("notes")).startswith(f"{quote_reference} "):
                    return await self._order(node, quote_reference)
            oldest = parse.retirement(nodes[-1]).retired_at if nodes else 0
            after = _next_page(page)
            if after is None or oldest < terms.quoted_at - CLOCKS_DIFFER_S:
                return None
            params |= {"after": after}
        raise MarketUnavailable(f"retirements: {quote_reference} is not among the newest {PAGE * MAX_PAGES}")

    async def proof(self, reference: str) -> Proof:
        """The registry's record of a retirement and of the credit batches it retired."""
        if not parse.RETIREMENT_ID.fullmatch(reference):
            raise ProofUnusable(f"reference: {reference[:120]} is not ret_ and an id")
        try:
            head = await self._http.get(f"/retirements/{reference}", with_key=True)
            body = await self._http.get(f"/retirements/{reference}/credit_batches", with_key=True)
        except MarketRefused as error:
            if error.status in (404, 422):  # 422: an id that the registry cannot read
                raise ProofNotFound(reference) from error
            raise
        return _proof(reference, head, body)

    def _holder(self) -> Account:
        if self._account is None:
            raise MarketUnavailable(
                f"{self.name}: no account is set, so evidence is read and nothing retired"
            )
        return self._account

    def _check_not_uncertain(self, quote_reference: str) -> None:
        asked_at = self._uncertain.get(quote_reference)
        if asked_at is not None and self._clock() < asked_at + LISTED_AFTER_S:
            wait_s = asked_at + LISTED_AFTER_S - self._clock()
            raise MarketUnavailable("an earlier reply was lost: the registry may list it late", wait_s)

    def _check_in_time(self, purchase: Purchase) -> None:
        """A process that was held up for long must not act on what it had stored before."""
        if purchase.send_before is not None and self._clock() >= purchase.send_before:
            raise MarketUnavailable(f"nothing was sent: it took until after {purchase.send_before}")

    async def _after_lost_reply(self, quote_reference: str, error: MarketUnavailable) -> Order:
        existing = await self.poll(quote_reference)
        if existing is None:
            raise error
        return existing

    async def _retirement_body(self, purchase: Purchase) -> str:
        account, terms = self._holder(), read_terms(purchase.quote_reference)
        terms.check_fresh(self._clock())
        beneficiary = account.beneficiaries.get(purchase.beneficiary_name)
        if beneficiary is None:
            known = ", ".join(sorted(account.beneficiaries)) or "none is set"
            raise MarketRefused(
                f"beneficiary: Isometric retires for organisations it knows, expected one of {known}"[:300],
                422,
                "unknown-beneficiary",
            )
        return json.dumps(
            {
                "owner_organisation_id": account.organisation,
                "beneficiary_organisation_id": beneficiary,
                "supplier_id": await self._supplier(terms.item),
                "retirement_purposes": [account.purpose],
                "notes": parse.notes(purchase),
                "credit_batch_quantities": [
                    {"credit_batch_id": terms.item, "credit_quantity_kg": terms.amount_ug // KG_UG}
                ],
            }
        )

    async def _supplier(self, batch: str) -> str:
        if batch not in self._suppliers:
            await self._read_offers()
        if batch not in self._suppliers:
            raise MarketRefused(f"credit batch {batch} is not active any more", 409, "supply-gone")
        return self._suppliers[batch]

    async def _read_offers(self) -> tuple[Project, ...]:
        account = self._holder()
        params = {"first": str(PAGE)}
        nodes: list[dict[str, Any]] = []
        for _ in range(MAX_PAGES):
            path = f"/organisations/{account.organisation}/credit_batches"
            page = record((await self._http.get(path, params, with_key=True)).value, "credit_batches")
            nodes += items(page, "credit_batches", "nodes")
            after = _next_page(page)
            if after is None:
                break
            params |= {"after": after}
        found = [batch for node in nodes if (batch := _active(node)) is not None]
        self._suppliers = {batch.id: batch.supplier for batch in found}
        now = int(self._clock())
        return tuple(_offer(batch, account.usd_per_tonne, now) for batch in found)

    async def _order(self, value: Any, quote_reference: str) -> Order:
        retired = parse.retirement(value)
        reply = await self._http.get(f"/retirements/{retired.id}/credit_batches", with_key=True)
        self._uncertain.pop(quote_reference, None)
        try:
            other = parse.not_retired(parse.batches(reply.value), retired.id)
        except ProofUnusable:
            other = None  # it is retired all the same; `proof` says what is wrong with its evidence
        if other is not None:
            status = f"credit batch {other.id} is {other.status}"[:60]
            return Order(quote_reference, OrderState.REVERTED, status, retired.id)
        return Order(quote_reference, OrderState.RETIRED, parse.RETIRED, retired.id)


def _next_page(page: dict[str, Any]) -> str | None:
    info = page.get("page_info")
    if not isinstance(info, dict) or info.get("has_next_page") is not True:
        return None
    return optional_text(info.get("end_cursor")) or None


def _active(node: dict[str, Any]) -> parse.Batch | None:
    """A batch that can be retired from; None for others, so that one odd entry does not hide the rest."""
    try:
        batch = parse.batch(node)
    except MarketError:
        return None
    usable = parse.BATCH_ID.fullmatch(batch.id) and len(batch.id) <= LONGEST_ITEM and batch.supplier
    return batch if usable and batch.status == parse.ACTIVE and batch.amount_ug >= KG_UG else None


def _offer(batch: parse.Batch, price: Decimal, now: int) -> Project:
    labels = None if batch.ccp is None else (Label("CCP", now),) if batch.ccp else ()
    return Project(
        source_id=PREFIX + batch.id,
        project=batch.serials.project or "",
        name=f"Isometric {batch.serials.project}",
        registry="isometric",
        country=batch.country,
        vintage=batch.serials.vintage or 0,
        price_usd_per_tonne=plain(price),
        available_ug=min(batch.amount_ug, MOST_UG),
        minimum_ug=KG_UG,
        ex_ante=False,  # the registry issues credits for removals that were verified
        market=Isometric.name,
        step_ug=KG_UG,
        removal=True,
        labels=labels,
        not_told=("name",),
    )


def _proof(reference: str, head: Reply, body: Reply) -> Proof:
    retired, batches = parse.retirement(head.value), parse.batches(body.value)
    if retired.id != reference:
        raise ProofUnusable(f"id: found {retired.id}, expected {reference}")
    other = parse.not_retired(batches, reference)
    if other is not None:
        raise ProofUnusable(f"status: credit batch {other.id} is {other.status[:30]}, expected retired")
    kinds = {(batch.serials.project, batch.serials.vintage) for batch in batches}
    if len(kinds) != 1:
        raise ProofUnusable(f"credit_batches: found {len(kinds)} projects and vintages, expected one")
    if sum(batch.amount_ug for batch in batches) != retired.amount_ug:
        raise ProofUnusable("credit_batch_size_total: is not the sum of its credit batches")
    ((project, vintage),) = kinds
    return Proof(
        market=Isometric.name,
        reference=reference,
        registry="isometric",
        project=project or "",
        vintage=vintage or 0,
        amount_ug=retired.amount_ug,
        beneficiary=retired.beneficiary,
        beneficiary_address=retired.address,
        message=retired.message,
        serials=certified_text([batch.printed for batch in batches], [batch.serials for batch in batches]),
        retired_at=retired.retired_at,
        origin=None,
        url=retired.url,
        evidence=hashlib.sha256(head.raw + body.raw).digest(),
    )
