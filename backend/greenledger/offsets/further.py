"""Certificates for the further parts of a purchase that the market split over several projects.

The desk pays for one report, so for one part. What else was retired in the buyer's name gets certificates of
its own for the same holder, minted by the seller without payment: reports for no desk, checked by the council
against the market like any other.
"""

from __future__ import annotations

from typing import Any

from greenledger.chain.calldata import encode_mint, mint_report_fields
from greenledger.chain.errors import ChainUnavailable
from greenledger.chain.fees import FeesAboveCap
from greenledger.chain.sender import KeyUsed
from greenledger.chain.transactions import Call, Outcome, Transaction
from greenledger.evidence.structs import Retirement, RetirementReport, Source
from greenledger.evidence.typed_data import retirement_report_id
from greenledger.evidence.words import as_hex
from greenledger.offsets.desk_order import desk_order_of, is_marked
from greenledger.offsets.effects import SENT_AGAIN_S, Done, Later, seller_of
from greenledger.offsets.errors import MarketUnavailable, ProofNotFound, ProofUnusable
from greenledger.offsets.happenings import PartCertified, PartLost
from greenledger.offsets.machine import BEFORE_MINT, MINTED, Progress
from greenledger.offsets.market import Proof
from greenledger.offsets.parts import Parts, Seller
from greenledger.offsets.retirement_report import retirement_report, source_of
from greenledger.usage.models.order import Order
from greenledger.usage.models.outbox import Effect

MOST_TRIES = 5  # transactions of one part that are mined and change nothing


async def certify(effect: Effect, order: Order, parts: Parts, now: int) -> Done | Later:
    """Mints one further part for the order's holder and follows the transaction to its end.

    The sender's keys are the effect's with the number of the try, so they alone tell what was sent before.
    Raises MarketUnavailable, ChainUnavailable, Reverted or CoSigningFailed when it has to be tried again.
    """
    seller, reference = seller_of(parts), str(effect.payload["reference"])
    for number in range(1, MOST_TRIES + 1):
        key = f"{effect.key}/{number}"
        sent = await seller.sender.outcome(key)
        if sent is None:
            return await _sent_first(effect, order, parts, seller, key, now)
        if sent.outcome is Outcome.PENDING:
            await seller.sender.send(key, sent.call)
            return Later(SENT_AGAIN_S)
        # Also where ours failed: anybody may have sent the same report a moment before.
        identity = retirement_report_id(_report_in(sent), parts.domain)
        if await parts.chain.certificate(int.from_bytes(identity)) is not None:
            result = {"transaction": sent.mined_hash or sent.bids[-1].hash, "outcome": str(sent.outcome)}
            return Done(result, PartCertified(reference, as_hex(identity)))
        if sent.outcome is Outcome.DONE:
            raise ChainUnavailable("the node does not show yet what it has minted")
    return _lost(reference, f"{MOST_TRIES} transactions changed nothing")


async def _sent_first(
    effect: Effect, order: Order, parts: Parts, seller: Seller, key: str, now: int
) -> Done | Later:
    reference = str(effect.payload["reference"])
    if Progress(order.state) not in MINTED:
        # Fallen back by a reorganisation: its payment is uncertain again, or has gone back to the payer.
        is_open = Progress(order.state) in BEFORE_MINT
        return Later(SENT_AGAIN_S) if is_open else Done({"void": f"the order is {order.state}"})
    try:
        proof = await _proof(order, parts, reference)
        source = source_of(proof)
        if not await parts.chain.can_back(source, proof.amount_ug):
            return _lost(reference, "the retirement already backs another certificate")
        valid_until = await parts.report_until(source, now)
        report = retirement_report(proof, desk_order_of(order).holder, valid_until)
        if (certificate := await parts.shared.certificate_of(report)) is not None:
            return _lost(reference, f"certificate {certificate} is of the same amount, name and second")
    except (ProofUnusable, ProofNotFound) as error:
        if effect.attempts < parts.rules.proof_tries:
            raise MarketUnavailable(f"the evidence of part {reference} is not usable yet: {error}") from error
        return _lost(reference, f"its evidence cannot be certified: {error}")
    signatures = await parts.cosign(report, {"market": proof.market, "reference": reference})
    hint = await parts.chain.hint_for(source.book, source.first)
    call = Call(parts.domain.contract, encode_mint(report, signatures, hint))
    try:
        await seller.sender.send(key, call)
    except KeyUsed:
        return Later(SENT_AGAIN_S)  # another worker came first, with a report of its own
    except FeesAboveCap as error:
        raise ChainUnavailable(str(error)) from error
    return Later(1)


async def _proof(order: Order, parts: Parts, reference: str) -> Proof:
    """The part's evidence; raises ProofUnusable if it is not of what was retired for this order's holder."""
    market = parts.markets.get(order.quote.market)
    if market is None:
        raise MarketUnavailable(f"marketplace {order.quote.market} is not configured")
    proof, holder = await market.proof(reference), desk_order_of(order).holder
    wanted: dict[str, tuple[str, str, bool]] = {
        "beneficiary": (
            proof.beneficiary,
            order.beneficiary_name,
            proof.beneficiary == order.beneficiary_name,
        ),
        "beneficiary_address": (
            proof.beneficiary_address,
            holder,
            proof.beneficiary_address.lower() == holder.lower(),
        ),
        "message": (
            proof.message[:80],
            f"{order.desk_id} at its beginning",
            is_marked(proof.message, order.desk_id or ""),
        ),
    }
    for field, (found, expected, fits) in wanted.items():
        if not fits:
            raise ProofUnusable(f"{field}: found {found!r}, expected {expected!r}")
    return proof


def _report_in(sent: Transaction) -> RetirementReport:
    fields: dict[str, Any] = mint_report_fields(sent.call.data)
    nested = {"retirement": Retirement(**fields["retirement"]), "source": Source(**fields["source"])}
    return RetirementReport(**(fields | nested))


def _lost(reference: str, problem: str) -> Done:
    return Done({"not_certified": problem[:200]}, PartLost(reference, problem[:500]))
