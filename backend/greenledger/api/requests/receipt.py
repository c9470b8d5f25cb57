"""Receipts: what chain and order state about a certificate, put together and drawn."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import lru_cache

from greenledger.api.explorers import explorer_of
from greenledger.api.followed import book_and_block, not_followed
from greenledger.api.problems import Problem
from greenledger.api.schemas.config import CHAIN_NAMES
from greenledger.api.state import Gateway
from greenledger.chain.events import Event
from greenledger.chain.mint_calls import mint_signatures
from greenledger.chain.records import Certificate
from greenledger.council.signer import InvalidSignatureBytes, recover
from greenledger.evidence.structs import BY_ADAPTER, ON_CHAIN_ORIGIN, ZERO
from greenledger.evidence.words import as_hex, word_bytes
from greenledger.footprint.fields import FieldError
from greenledger.offsets.machine import MINTED
from greenledger.offsets.words import ended, waits_for
from greenledger.receipts.page import render_receipt
from greenledger.receipts.receipt import CoveredPart, Payment, Receipt
from greenledger.receipts.wording import MOST_PARTS
from greenledger.usage.chain_events import events_of
from greenledger.usage.models.order import Order

_drawn = lru_cache(maxsize=64)(render_receipt)


async def drawn(receipt: Receipt) -> bytes:
    """The PDF. In a thread: fonts take a while, and other requests must not wait."""
    return await asyncio.to_thread(_drawn, receipt)


async def receipt_of_certificate(state: Gateway, identity: str) -> Receipt:
    """What the chain alone tells of a certificate (0x, 64 hex digits).

    Raises Problem where there is none, where it is void, or where its minting was not followed yet.
    """
    book, _ = await book_and_block(state)
    certificate = await state.chain.certificate(int(identity, 16))
    if certificate is None:
        reason = FieldError("certificate", "was never minted", "the id of a certificate")
        raise Problem(404, "unknown_certificate", "There is no such certificate.", [reason])
    if certificate.voided:
        detail = "The council took this certificate back, so there is no receipt for it."
        raise Problem(409, "certificate_void", detail)
    minting = await book.minting(identity)
    if minting is None:
        raise not_followed("The certificate is on the chain and waits for its confirmations. Try again soon.")
    coverage = await _coverage(state, await book.allocations(identity))
    return _receipt(state, identity, certificate, minting, coverage, await _signers(state, minting))


async def receipt_of_order(state: Gateway, order: Order) -> Receipt:
    """The same with what the order adds: reason, name of the project, evidence, payment. Raises Problem."""
    if order.state not in MINTED:
        text = ended(order) or waits_for(order) or ""
        reason = FieldError("order_id", f"is {order.state}", "an order whose certificate is minted")
        raise Problem(409, "no_certificate", f"There is no certificate, so no receipt. {text}", [reason])
    # Orders that nobody pays for keep it with their report.
    identity = order.certificate or str(order.reports[-1]["certificate"])
    receipt = await receipt_of_certificate(state, identity)
    return replace(
        receipt,
        project_name=order.quote.project_name,
        reason=order.message,
        evidence_url=str((order.proof or {}).get("url", "")),
        payment=await _payment(state, order),
    )


def _receipt(
    state: Gateway,
    identity: str,
    certificate: Certificate,
    minting: Event,
    coverage: tuple[CoveredPart, ...],
    signers: tuple[str, ...] | None,
) -> Receipt:
    deployment, settings = state.deployment, state.settings
    evidence = word_bytes(minting.arguments["retirement"]["evidence"])
    verify_url = f"{settings.public_origin}/certificate/{identity}"
    explorer = explorer_of(settings, deployment.chain_id)
    return Receipt(
        certificate=identity,
        contract=deployment.credits,
        holder=certificate.holder,
        chain_id=deployment.chain_id,
        chain_name=CHAIN_NAMES.get(deployment.chain_id, f"Chain {deployment.chain_id}"),
        block=minting.block.number,
        transaction=minting.transaction_hash,
        minted_at=certificate.minted_at,
        amount_ug=certificate.amount_ug,
        registry=certificate.registry,
        project=certificate.project,
        project_name="",
        vintage=certificate.vintage,
        serials=certificate.serials,
        origin=_origin(minting),
        labels=(),
        retired_at=certificate.retired_at,
        beneficiary=certificate.beneficiary,
        reason="",
        evidence_sha256="" if evidence == ZERO else as_hex(evidence),
        evidence_url="",
        signers=signers,
        coverage=coverage,
        explorer_url=f"{explorer}/tx/{minting.transaction_hash}" if explorer else "",
        verify_url=verify_url,
    )


def _origin(minting: Event) -> str:
    source = minting.arguments["source"]
    if int(source["kind"]) != ON_CHAIN_ORIGIN:
        return ""
    return f"chain {source['first']}, transaction {source['book']}, index {source['last']}"


async def _signers(state: Gateway, minting: Event) -> tuple[str, ...] | None:
    """Whose keys signed; empty where no council was asked, None where the transaction does not show it."""
    if int(minting.arguments["source"]["kind"]) == BY_ADAPTER:
        return ()
    signatures = await mint_signatures(state.chain.node, minting.transaction_hash)
    if signatures is None:
        return None
    try:
        return tuple(recover(word_bytes(minting.subject), signature) for signature in signatures)
    except InvalidSignatureBytes:  # a member that is a contract endorsed the report instead
        return None


async def _coverage(state: Gateway, allocations: dict[str, int]) -> tuple[CoveredPart, ...]:
    """Every part; the high bound is read for those that a receipt names one by one."""
    named = list(allocations)[:MOST_PARTS]
    found = await state.chain.attestations([word_bytes(one) for one in named])
    high_ug = {one: what.high_ug if what else 0 for one, what in zip(named, found, strict=True)}
    return tuple(CoveredPart(one, amount, high_ug.get(one, 0)) for one, amount in allocations.items())


async def _payment(state: Gateway, order: Order) -> Payment | None:
    if order.desk_id is None or order.desk_order is None:
        return None
    async with state.database.transaction() as session:
        closed = await events_of(session, state.deployment.chain_id, "OrderFulfilled", order.desk_id)
    if not closed:
        raise not_followed("The desk's payment waits for its confirmations. Try again soon.")
    paid = int(closed[-1].arguments["paid"])
    quote = order.quote
    address = str(order.desk_order["token"])
    desk = state.offsets.desk if state.offsets else None
    token = desk.tokens.get(address) if desk else None
    return Payment(
        price_usd_per_tonne=quote.price_usd_per_tonne,
        token=token.symbol if token else f"base units of {address}",
        token_decimals=token.decimals if token else 0,
        amount_units=paid,
        # The desk pays in proportion to what was retired; the fee is the same share of it.
        fee_units=paid * quote.fee_cents // (quote.cost_cents + quote.fee_cents),
        transaction=next((step.transaction_hash or "" for step in order.steps if step.state == "paid"), ""),
    )
