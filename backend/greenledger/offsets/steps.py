"""Looks at what an order waits for: each step reads outside, changes nothing there, says what it found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from greenledger.chain.records import DeskState
from greenledger.evidence.structs import struct_as_json
from greenledger.evidence.typed_data import RetirementReport, report_as_json, retirement_report_id
from greenledger.evidence.words import as_hex, word_bytes
from greenledger.offsets import happenings as h
from greenledger.offsets.desk_order import desk_order_of, is_marked
from greenledger.offsets.errors import MarketUnavailable, ProofUnusable
from greenledger.offsets.machine import REVERSAL_WATCH_S, WATCH_S, Progress
from greenledger.offsets.market import Market, OrderState, Proof
from greenledger.offsets.parts import CertificateChain, CoSign, Parts
from greenledger.offsets.retirement_report import retirement_report, source_of
from greenledger.usage.models.order import Order

__all__ = ["CertificateChain", "CoSign", "Parts", "Progress", "Wait", "next_happening", "watch_mint"]

MOST_PARTS = 20  # of a purchase that the market split: each costs the seller a transaction
POLL_MOST_S = 15
REVERSAL_WATCHED_S = 30 * 86_400


@dataclass(frozen=True)
class Wait:
    """Nothing happened yet: seconds until the next look, None for never."""

    seconds: int | None


async def next_happening(order: Order, parts: Parts, now: int) -> h.Happening | Wait:
    """Looks at what an order waits for, at `now` (Unix seconds).

    Raises MarketUnavailable, ProofUnusable, ChainUnavailable or CoSigningFailed: then it is tried again.
    """
    match Progress(order.state):
        case Progress.QUOTED:
            return await _watch_quote(order, parts, now)
        case Progress.PLACED:
            return await _read_proof(order, parts)
        case Progress.RETIRED:
            return await _cosign(order, parts, now)
        case Progress.COSIGNED if order.desk_id is not None:
            return await _watch_fulfil(order, parts, now)
        case Progress.COSIGNED:
            return await watch_mint(order, parts, now)
        case Progress.MINTED | Progress.ALLOCATED if order.desk_id is not None:
            return await _watch_reversal(order, parts, now)
    return Wait(None)


async def watch_mint(order: Order, parts: Parts, now: int) -> h.Happening | Wait:
    """For an order without a desk: whether its holder has minted it, or it needs another signature."""
    if (reports := await _minted(order, parts)) is not None:
        return h.MintSeen(reports) if order.state != Progress.MINTED else Wait(None)
    if order.state == Progress.MINTED:
        return h.MintUnseen()
    if not await _can_back(order, parts):
        return _source_used(order)
    if max(await parts.chain.latest_timestamp(), now) >= order.reports[-1]["valid_until"]:
        return h.ReportExpired()
    return Wait(WATCH_S)


async def _watch_quote(order: Order, parts: Parts, now: int) -> h.Happening | Wait:
    last = desk_order_of(order).quote_until + parts.rules.open_grace_s
    if max(now, await parts.chain.latest_timestamp()) > last:
        return h.QuoteExpired()
    return Wait(max(1, last - now))


async def _read_proof(order: Order, parts: Parts) -> h.Happening | Wait:
    try:
        return await _proof_found(order, parts)
    except ProofUnusable as error:
        if order.attempts < parts.rules.proof_tries:
            raise
        return h.Spoiled("proof_unusable", f"The marketplace's proof cannot be certified: {error}.")


async def _proof_found(order: Order, parts: Parts) -> h.Happening | Wait:
    """Raises ProofUnusable for a proof that no certificate can be made of."""
    market = _market(order, parts)
    placed = await market.poll(order.reference or order.quote.reference)
    if placed is None:
        raise MarketUnavailable("the marketplace does not list the order that it has taken")
    if placed.state is OrderState.FAILED:
        detail = f"The marketplace ended the order as {placed.status}. Nothing was retired."
        return h.Spoiled("market_failed", detail)
    if placed.state is OrderState.REVERTED:
        return h.Spoiled("market_reverted", f"The registry took the retirement back: {placed.status}.")
    if placed.state is OrderState.PENDING or placed.retirement is None:
        return Wait(min(POLL_MOST_S, 1 + order.attempts // 3))
    proof, further = await _main_part(order, market, (placed.retirement, *placed.more))
    if wrong := _differences(order, proof):
        detail = f"The marketplace's proof differs from the order in {', '.join(wrong)}."
        return h.Spoiled("proof_differs", detail)
    if order.desk_id is not None and proof.amount_ug < desk_order_of(order).min_ug:
        least = desk_order_of(order).min_ug
        detail = f"Only {proof.amount_ug} µg were retired, expected at least {least}, the least you accept."
        return h.Spoiled("too_little_retired", detail)
    try:
        source_of(proof)
    except ProofUnusable as error:
        return h.Spoiled("serials_wrong", f"The serial numbers do not fit what was retired: {error}.")
    # A trial, whoever its holder: what does not fit into a certificate must end here and not at each signing.
    retirement_report(proof, order.account, valid_until=1)
    return h.Retired(proof.as_json(), further)


async def _main_part(
    order: Order, market: Market, references: tuple[str, ...]
) -> tuple[Proof, tuple[str, ...]]:
    """The part that the desk's report is made of, and the references of the others.

    The largest that fits the order, or else the largest. Raises ProofUnusable if none can be read.
    """
    if len(references) > MOST_PARTS:
        raise ProofUnusable(f"parts: found {len(references)}, expected at most {MOST_PARTS}")
    found: list[Proof] = []
    unusable: ProofUnusable | None = None
    for reference in references:
        try:
            found.append(await market.proof(reference))
        except ProofUnusable as error:
            unusable = error
    if unusable is not None and not found:
        raise unusable
    main = max(found, key=lambda proof: (not _differences(order, proof), proof.amount_ug))
    return main, tuple(reference for reference in references if reference != main.reference)


async def _cosign(order: Order, parts: Parts, now: int) -> h.Happening | Wait:
    valid_until = await parts.report_until(source_of(_proof(order)), now)
    report = _report(order, parts, valid_until)
    if not await _can_back(order, parts) or await parts.shared.certificate_of(report) is not None:
        if (reports := await _minted(order, parts)) is None:
            return _source_used(order)
        return h.MintSeen(reports) if order.desk_id is None else Wait(WATCH_S)
    placed = await _market(order, parts).poll(order.reference or order.quote.reference)
    if placed is not None and placed.state is OrderState.REVERTED:
        return h.Spoiled("market_reverted", f"The registry took the retirement back: {placed.status}.")
    signatures = await parts.cosign(report, _where(order))
    entry = {
        "certificate": as_hex(retirement_report_id(report, parts.domain)),
        "report": report_as_json(report),
        "signatures": [as_hex(signature) for signature in signatures],
        "valid_until": valid_until,
    }
    return h.Cosigned(entry)


async def _watch_fulfil(order: Order, parts: Parts, now: int) -> h.Happening | Wait:
    """The desk's events say how it ends; here is seen only what keeps it from ending."""
    if await parts.chain.order_state(word_bytes(order.desk_id or "")) != DeskState.OPEN:
        return Wait(WATCH_S)
    if max(await parts.chain.latest_timestamp(), now) >= order.reports[-1]["valid_until"]:
        return h.ReportExpired()
    # In this order: a certificate of ours that comes in between is found and not taken for another's.
    if not await _can_back(order, parts) and await _minted(order, parts) is None:
        return _source_used(order)
    return Wait(WATCH_S)


async def _watch_reversal(order: Order, parts: Parts, now: int) -> h.Happening | Wait:
    if now >= order.created_at + REVERSAL_WATCHED_S:
        return Wait(None)
    placed = await _market(order, parts).poll(order.reference or order.quote.reference)
    if placed is not None and placed.state is OrderState.REVERTED:
        return h.Reversed(f"The registry took the retirement back: {placed.status}. The council is told.")
    return Wait(REVERSAL_WATCH_S)


def _report(order: Order, parts: Parts, valid_until: int) -> RetirementReport:
    proof = _proof(order)
    if order.desk_id is None:
        return retirement_report(proof, order.account, valid_until)
    if parts.seller is None:
        raise MarketUnavailable("this node sells nothing at the desk")
    holder = desk_order_of(order).holder
    return retirement_report(proof, holder, valid_until, parts.seller.desk, word_bytes(order.desk_id))


def _where(order: Order) -> dict[str, object]:
    """Where a council node finds the evidence, and the desk's order that it is for."""
    proof = _proof(order)
    where: dict[str, object] = {"market": proof.market, "reference": proof.reference}
    if order.desk_id is not None:
        where["order"] = struct_as_json(desk_order_of(order))
    return where


async def _can_back(order: Order, parts: Parts) -> bool:
    proof = _proof(order)
    return await parts.chain.can_back(source_of(proof), proof.amount_ug)


async def _minted(order: Order, parts: Parts) -> list[dict[str, Any]] | None:
    """The order's reports with the minted one put last, or None if the chain has no certificate of them."""
    for entry in reversed(order.reports):
        if await parts.chain.certificate(int(entry["certificate"], 16)) is not None:
            return [*(other for other in order.reports if other is not entry), entry]
    return None


def _market(order: Order, parts: Parts) -> Market:
    market = parts.markets.get(order.quote.market)
    if market is None:
        raise MarketUnavailable(f"marketplace {order.quote.market} is not configured")
    return market


def _proof(order: Order) -> Proof:
    if order.proof is None:
        raise ValueError(f"order {order.id} is {order.state} without a proof")
    return Proof.from_json(order.proof)


def _differences(order: Order, proof: Proof) -> list[str]:
    """Where the market's evidence is not what was ordered; a part of the amount is the desk's to judge."""
    holder = order.account if order.desk_id is None else desk_order_of(order).holder
    ordered_ug = int(order.quote.amount_ug)
    any_part = order.desk_id is not None and proof.amount_ug <= ordered_ug
    wanted = {
        "amount_ug": (ordered_ug, ordered_ug if any_part else proof.amount_ug),
        "registry": (order.quote.registry_key, proof.registry),
        "project": (order.quote.project, proof.project),
        "vintage": (order.quote.vintage, proof.vintage),
        "beneficiary": (order.beneficiary_name, proof.beneficiary),
        "beneficiary_address": (holder.lower(), proof.beneficiary_address.lower()),
    }
    wrong = [
        f"{field} ({stated} ordered, {found} retired)"
        for field, (stated, found) in wanted.items()
        if stated != found
    ]
    if order.desk_id is not None and not is_marked(proof.message, order.desk_id):
        wrong.append("message (it does not begin with the order's id)")
    return wrong


def _source_used(order: Order) -> h.Spoiled:
    reference = (order.proof or {}).get("reference")
    return h.Spoiled(
        "origin_already_used",
        f"The retirement {reference} already backs another certificate; "
        "one retirement backs one certificate only.",
    )
