"""How a council node checks a retirement before it signs: it reads the evidence itself and compares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from greenledger.chain.records import DeskState
from greenledger.evidence.disclosure import Mismatch
from greenledger.evidence.structs import InvalidReport, struct_as_json
from greenledger.evidence.typed_data import (
    NO_ACCOUNT,
    ZERO,
    Domain,
    Order,
    RetirementReport,
    order_from_json,
    order_id,
)
from greenledger.evidence.words import as_hex
from greenledger.offsets.desk_order import is_marked, mark_of
from greenledger.offsets.errors import ProofNotFound, ProofUnusable
from greenledger.offsets.market import Market, Proof
from greenledger.offsets.retirement_report import retirement_report
from greenledger.offsets.serials.reading import read_serials

STATES = ("unknown to the desk", "open", "fulfilled", "refunded")


class DeskReader(Protocol):
    """The desk's own word on an order; raises ChainUnavailable."""

    async def order_state(self, order: bytes) -> int:
        """0 unknown, 1 open, 2 fulfilled, 3 refunded."""


class Certified(Protocol):
    """The certificates of the blocks that the node has followed, confirmations and all."""

    async def is_minted_for(self, order: str) -> bool:
        """Whether one was minted for a desk's order (0x, 64 hex digits)."""


@dataclass(frozen=True)
class DeskBook:
    """The desk whose orders a node signs for, as it reads them from the chain itself."""

    domain: Domain
    reader: DeskReader
    certified: Certified


async def check_retirement(
    report: RetirementReport,
    proof: Mapping[str, Any],
    markets: Mapping[str, Market],
    desk: DeskBook | None = None,
) -> tuple[Mismatch, ...]:
    """Fields in which `report` differs from the market's own evidence; empty if it may be signed.

    `proof` is {"market": key, "reference": public id of the retirement}, for an order of the desk also
    {"order": its struct}. The deadline is not compared: the market knows none. Raises MarketUnavailable,
    MarketRefused or ChainUnavailable if the evidence cannot be read now.
    """
    name, reference = str(proof.get("market"))[:100], str(proof.get("reference"))[:200]
    market = markets.get(name)
    if market is None:
        known = ", ".join(sorted(markets)) or "none: this node reads no marketplace"
        return (Mismatch("proof.market", name, f"one of {known}"),)
    is_desks = (report.minter, report.order) != (NO_ACCOUNT, ZERO)
    try:
        found = await market.proof(reference)
        minter, order = (report.minter, report.order) if is_desks else (NO_ACCOUNT, ZERO)
        expected = retirement_report(found, report.holder, report.retirement.valid_until, minter, order)
    except ProofNotFound:
        return (Mismatch("proof.reference", reference, f"a retirement that {name} knows"),)
    except ProofUnusable as error:
        return (Mismatch("proof.reference", reference, str(error)),)
    differences = _differences("", struct_as_json(report), struct_as_json(expected)) + _serial_errors(found)
    # Only who was named at the retirement gets the certificate: else a stranger's tonnes could be claimed.
    if found.beneficiary_address.lower() != report.holder.lower():
        differences += (Mismatch("holder", report.holder, found.beneficiary_address),)
    if is_desks:
        return differences + await _desk_errors(report, proof.get("order"), found, desk)
    return differences + await _unpaid_errors(found, desk)


async def _desk_errors(
    report: RetirementReport, presented: object, proof: Proof, desk: DeskBook | None
) -> tuple[Mismatch, ...]:
    """What speaks against paying an order of the desk with this retirement.

    The struct is presented, and what counts is the chain: the order's id is a hash of every field, and the
    desk says whether an order of that id is open, that is paid.
    """
    if desk is None:
        return _strange_to_a_node_without_desk(report)
    try:
        order = order_from_json(presented)
    except InvalidReport as error:
        return (Mismatch(f"proof.{error.field}", error.problem, error.expected),)
    identity = order_id(order, desk.domain)
    if identity != report.order:
        return (Mismatch("order", as_hex(report.order), f"{as_hex(identity)}, the id of proof.order"),)
    state = await desk.reader.order_state(identity)
    if state != DeskState.OPEN:
        stated = STATES[state] if state < len(STATES) else str(state)
        return (
            Mismatch("proof.order", f"{as_hex(identity)}, {stated}", "an order that is open at the desk"),
        )
    return _unfit(report, order, proof, desk.domain.contract)


async def _unpaid_errors(proof: Proof, desk: DeskBook | None) -> tuple[Mismatch, ...]:
    """What speaks against a certificate for no desk: it was retired for an order that is not paid out.

    Its payer would get the certificate and, after the deadline, the price back. Parts of a purchase that the
    market split get certificates of this kind, but only after the desk has paid for the main one. That is
    read of the followed blocks: then the main one's certificate is among those that are compared with this.
    """
    identity = mark_of(proof.message)
    if desk is None or identity is None or await desk.certified.is_minted_for(as_hex(identity)):
        return ()
    expected = f"{as_hex(identity)}, which it was retired for, or a confirmed certificate of that order"
    return (Mismatch("order", as_hex(ZERO), expected),)


def _strange_to_a_node_without_desk(report: RetirementReport) -> tuple[Mismatch, ...]:
    wanted = {"minter": (report.minter, NO_ACCOUNT), "order": (as_hex(report.order), as_hex(ZERO))}
    return tuple(
        Mismatch(field, stated, f"{none}: this node checks no orders of a desk")
        for field, (stated, none) in wanted.items()
        if stated != none
    )


def _unfit(report: RetirementReport, order: Order, proof: Proof, desk: str) -> tuple[Mismatch, ...]:
    """Where the report is not what the payer of an open order paid for."""
    retirement = report.retirement
    wanted: dict[str, tuple[object, object, bool]] = {
        "minter": (report.minter, desk, report.minter == desk),
        "holder": (report.holder, order.holder, report.holder == order.holder),
        "retirement.registry": (
            as_hex(retirement.registry),
            as_hex(order.registry),
            retirement.registry == order.registry,
        ),
        "retirement.project": (retirement.project, order.project, retirement.project == order.project),
        "retirement.vintage": (
            retirement.vintage,
            order.vintage,
            order.vintage in (0, retirement.vintage),
        ),
        "retirement.beneficiary": (
            retirement.beneficiary,
            order.beneficiary,
            retirement.beneficiary == order.beneficiary,
        ),
        "retirement.amount_ug": (
            retirement.amount_ug,
            f"at least {order.min_ug}, the least the payer accepts",
            retirement.amount_ug >= order.min_ug,
        ),
        # Or a retirement that the buyer had bought elsewhere would pay this seller.
        "proof.message": (
            proof.message[:80],
            f"{as_hex(report.order)} at its beginning: it was retired for this order",
            is_marked(proof.message, as_hex(report.order)),
        ),
    }
    return tuple(
        Mismatch(field, str(stated), str(expected))
        for field, (stated, expected, fits) in wanted.items()
        if not fits
    )


def _serial_errors(proof: Proof) -> tuple[Mismatch, ...]:
    """What the serial numbers say themselves, where they and no transaction are the source."""
    if proof.origin is not None:
        return ()
    found: tuple[Mismatch, ...] = ()
    for serials in read_serials(proof.serials):
        if serials.project is not None and serials.project != proof.project:
            found += (
                Mismatch("retirement.project", proof.project, f"{serials.project}, as the serials say"),
            )
        if not serials.covers_vintage(proof.vintage):
            found += (
                Mismatch("retirement.vintage", str(proof.vintage), f"{serials.vintage}, as serials say"),
            )
    return found


def _differences(path: str, stated: Mapping[str, Any], expected: Mapping[str, Any]) -> tuple[Mismatch, ...]:
    found: tuple[Mismatch, ...] = ()
    for name, value in stated.items():
        other = expected[name]
        if isinstance(value, dict):
            found += _differences(f"{path}{name}.", value, other)
        elif value != other:
            found += (Mismatch(f"{path}{name}", str(value), str(other)),)
    return found
