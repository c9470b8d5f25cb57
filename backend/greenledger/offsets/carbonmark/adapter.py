"""Carbonmark as a market. The quote's uuid is the idempotency key of the whole purchase."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote as url_quote

from greenledger.offsets.amounts import plain, ug_to_tonnes
from greenledger.offsets.carbonmark import parse
from greenledger.offsets.carbonmark.http import CarbonmarkHttp
from greenledger.offsets.errors import (
    MarketRefused,
    MarketUnavailable,
    ProofNotFound,
    ProofUnusable,
)
from greenledger.offsets.market import Order, OrderState, Origin, Project, Proof, Purchase, Quote
from greenledger.offsets.reply_fields import cents, invalid, items, record, text, ug, whole
from greenledger.offsets.vendor import Vendor

QUOTE_LIFETIME_S = 600  # the market publishes none; ours ends well before any price is stale
QUOTE_LIMIT_S = 8.0  # attempts together: with the offers and the chain it must fit in one API request
MAX_PAGES = 20
MAX_SERIALS = 96  # String[96] of the certificate
STATES = {
    "COMPLETED": OrderState.RETIRED,
    "FAILED": OrderState.FAILED,
    "CANCELLED": OrderState.FAILED,
}


class Carbonmark(Vendor):
    """The market port over the Carbonmark API."""

    name = parse.NAME

    def __init__(self, http: CarbonmarkHttp, clock: Callable[[], float] = time.time) -> None:
        """`clock` gives Unix seconds."""
        super().__init__(http)
        self._clock = clock

    async def quote(self, source_id: str, amount_ug: int) -> Quote:
        """A firm price; raises UnknownSource, AmountNotOffered, MarketUnavailable or MarketRefused."""
        offer = await self._offer(source_id, amount_ug)
        tonnes = format(ug_to_tonnes(amount_ug), "f")
        # Written by hand, so that the quantity goes out with every digit and never as a binary float.
        body = f'{{"asset_price_source_id":{json.dumps(source_id)},"quantity_tonnes":{tonnes}}}'
        try:
            async with asyncio.timeout(QUOTE_LIMIT_S):
                reply = (await self._http.post_repeatable("/quotes", body)).value
        except TimeoutError as error:
            problem = f"{self.name}: the quote took longer than {QUOTE_LIMIT_S:g} s"
            raise MarketUnavailable(problem) from error
        reply = record(reply, "quote")
        if ug(reply.get("quantity_tonnes"), "quantity_tonnes") != amount_ug:
            raise invalid("quantity_tonnes", f"{tonnes}, which was asked for")
        if reply.get("asset_price_source_id") != source_id:
            raise invalid("asset_price_source_id", source_id)
        return Quote(
            reference=text(reply.get("uuid"), "uuid"),
            offer=offer,
            amount_ug=amount_ug,
            cost_cents=cents(reply.get("cost_usdc"), "cost_usdc"),
            expires_at=int(self._clock()) + QUOTE_LIFETIME_S,
        )

    async def place(self, purchase: Purchase) -> Order:
        """Consume the quote. Looks for its order first, so a repeated call never buys twice."""
        existing = await self.poll(purchase.quote_reference)
        if existing is not None:
            return existing
        body = json.dumps(
            {
                "quote_uuid": purchase.quote_reference,
                "beneficiary_name": purchase.beneficiary_name,
                "beneficiary_address": purchase.beneficiary_address,
                "retirement_message": purchase.message,
            }
        )
        try:
            reply = (await self._http.post_once("/orders", body)).value
        except (MarketUnavailable, MarketRefused):
            # The reply may be lost though the order was accepted, and "already consumed" may mean: by us.
            existing = await self.poll(purchase.quote_reference)
            if existing is None:
                raise
            return existing
        found = parse.order(reply)
        if found is None:
            raise invalid("order", "an object")
        return await self._order(found, purchase.quote_reference)

    async def poll(self, quote_reference: str) -> Order | None:
        """The order that consumed a quote, None if there is none."""
        try:
            reply = await self._http.get("/orders", {"quote_uuid": quote_reference}, with_key=True)
        except MarketRefused as error:
            if error.status == 404:
                return None
            raise
        found = parse.order(reply.value)
        return await self._order(found, quote_reference) if found is not None else None

    async def proof(self, reference: str) -> Proof:
        """The public evidence of a retirement by its unified id; needs no key."""
        match = parse.UNIFIED_ID.fullmatch(reference)
        if match is None and parse.TRANSACTION.fullmatch(reference):
            raise ProofUnusable(f"retirements: not exactly one of transaction {reference} fits the order")
        if match is None:
            raise ProofUnusable(
                f"reference: {reference[:120]} is not {{chainId}}-{{transactionHash}}-{{index}}"
            )
        path = f"/retirements/{url_quote(reference, safe='')}"
        try:
            reply = await self._http.get(path)
        except MarketRefused as error:
            if error.status == 404:
                raise ProofNotFound(reference) from error
            raise
        value = record(reply.value, "retirement")
        if str(value.get("id", "")).lower() != reference or str(value.get("hash", "")).lower() != match.group(
            2
        ):
            raise ProofUnusable(f"id and hash: expected {reference}")
        credit = record(value.get("creditId"), "creditId")
        project = text(credit.get("projectId"), "creditId.projectId")
        return Proof(
            market=self.name,
            reference=reference,
            registry=parse.registry_of(project),
            project=project,
            vintage=whole(credit.get("vintage"), "creditId.vintage", 9999),
            amount_ug=ug(value.get("amount"), "amount"),
            beneficiary=text(value.get("beneficiaryName"), "beneficiaryName"),
            beneficiary_address=text(value.get("beneficiaryAddress"), "beneficiaryAddress"),
            message=str(value.get("retirementMessage") or "")[:500],
            serials=await self._serials(path, value, reference),
            retired_at=whole(value.get("timestamp"), "timestamp", 2**40),
            origin=Origin(int(match.group(1)), bytes.fromhex(match.group(2)[2:]), int(match.group(3))),
            url=str(value.get("onChainExplorerUrl") or "")[:500],
            evidence=hashlib.sha256(reply.raw).digest(),
        )

    async def _read_offers(self) -> tuple[Project, ...]:
        prices = items((await self._http.get("/prices")).value, "prices")
        projects: dict[str, dict[str, Any]] = {}
        for page in range(1, MAX_PAGES + 1):
            value = (await self._http.get("/carbonProjects", {"page": str(page)})).value
            entries = items(value, "carbonProjects")
            fresh = {str(entry.get("key")): entry for entry in entries}
            if fresh.keys() <= projects.keys():
                break  # no page count is promised: stop at an empty page, or at one that repeats
            projects |= fresh
        offers = [offer for price in prices if (offer := parse.offer(price, projects)) is not None]
        return tuple(sorted(offers, key=lambda offer: (plain(offer.price_usd_per_tonne), offer.source_id)))

    async def _order(self, value: dict[str, Any], quote_reference: str) -> Order:
        reply = parse.order_reply(value, quote_reference)
        # An unknown status is one this version does not know yet: the order waits.
        state = STATES.get(reply.status.upper(), OrderState.PENDING)
        if state is OrderState.FAILED and reply.was_completed:
            return Order(quote_reference, OrderState.REVERTED, reply.status[:60])
        if state is not OrderState.RETIRED:
            return Order(quote_reference, state, reply.status[:60])
        retirement = await self._retirement_of(reply)
        if retirement is None:
            return Order(
                quote_reference, OrderState.PENDING, f"{reply.status}, not yet in the retirement list"
            )
        return Order(quote_reference, OrderState.RETIRED, reply.status, retirement)

    async def _retirement_of(self, reply: parse.OrderReply) -> str | None:
        """The unified id of an order's retirement; None while the market has not indexed it.

        The bare transaction where it cannot be told which of its retirements is meant: that is no proof's
        reference, so the order has been met and nothing is guessed.
        """
        if reply.transaction_hash is None:
            return None
        viewed = parse.UNIFIED_ID.search(reply.view_url.lower())
        if viewed is not None and viewed.group(2) == reply.transaction_hash:
            return viewed.group(0)
        listed = items(
            (await self._http.get("/retirements", {"hash": reply.transaction_hash})).value, "retirements"
        )
        fitting = [str(entry.get("id", "")).lower() for entry in listed if _fits(entry, reply)]
        unified = [identity for identity in fitting if parse.UNIFIED_ID.fullmatch(identity)]
        if not fitting:
            return None
        return unified[0] if len(unified) == 1 else reply.transaction_hash

    async def _serials(self, path: str, retirement: dict[str, Any], reference: str) -> str:
        """Serial numbers if they fit a certificate, else the retirement's own id, which leads to them."""
        if retirement.get("hasProvenanceDetails") is False:
            return reference
        try:
            found = parse.serials((await self._http.get(path + "/provenance")).value)
        except MarketRefused as error:
            if error.status == 404:
                return reference
            raise
        joined = ", ".join(found)
        fits = 1 <= len(joined) <= MAX_SERIALS and joined.isascii() and joined.isprintable()
        return joined if fits else reference


def _fits(entry: dict[str, Any], reply: parse.OrderReply) -> bool:
    try:
        same_amount = ug(entry.get("amount"), "amount") == reply.amount_ug
    except MarketUnavailable:
        return False
    address = str(entry.get("beneficiaryAddress", "")).lower()
    same_address = reply.beneficiary_address is None or address == reply.beneficiary_address
    same_name = reply.beneficiary_name is None or entry.get("beneficiaryName") == reply.beneficiary_name
    return same_amount and same_address and same_name
