"""The steps of an order: placed, retired, co-signed, minted. Repeating one has no further effect."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from greenledger.evidence.typed_data import (
    Domain,
    RetirementReport,
    Source,
    report_as_json,
    retirement_report_id,
)
from greenledger.evidence.words import as_hex
from greenledger.offsets.errors import MarketRefused, MarketUnavailable
from greenledger.offsets.market import Market, OrderState, Proof, Purchase
from greenledger.offsets.registry_book import RegistryBook
from greenledger.offsets.retirement_report import retirement_report, source_of
from greenledger.usage.models.order import Order

VALIDITY_S = 6 * 86_400  # the contracts allow 7 days; one is left for clocks that differ
POLL_MOST_S = 15
MINT_WATCH_S = 20


class Progress(StrEnum):
    """States of an order."""

    PLACED = "placed"
    RETIRED = "retired"
    COSIGNED = "cosigned"
    MINTED = "minted"
    FAILED = "failed"


class CertificateChain(RegistryBook, Protocol):
    """What a step asks the chain; raises ChainUnavailable or Reverted."""

    async def certificate(self, identity: int) -> object | None:
        """A certificate by id, None if it was never minted."""

    async def is_claimed(self, source: Source) -> bool:
        """Whether a source already backs a certificate."""

    async def latest_timestamp(self) -> int:
        """Unix seconds of the newest block."""


CoSign = Callable[[RetirementReport, Mapping[str, str]], Awaitable[Sequence[bytes]]]
"""Council signatures for a report and its proof's reference, ascending by signer; raises CoSigningFailed."""


@dataclass(frozen=True)
class Parts:
    """What the steps work with; `domain` is the certificate contract's."""

    markets: Mapping[str, Market]
    chain: CertificateChain
    domain: Domain
    cosign: CoSign


@dataclass(frozen=True)
class Change:
    """Columns to change, and the state entered if it is another one."""

    values: Mapping[str, Any]
    entered: Progress | None = None


async def next_change(order: Order, parts: Parts, now: int) -> Change:
    """Does the next step of an order at `now` (Unix seconds) and says what became of it.

    Raises MarketUnavailable, ChainUnavailable or CoSigningFailed when the step has to be tried again.
    """
    match Progress(order.state):
        case Progress.PLACED:
            return await _retire(order, parts, now)
        case Progress.RETIRED:
            return await _cosign(order, parts, now)
        case Progress.COSIGNED | Progress.MINTED:
            return await watch_mint(order, parts, now)
        case Progress.FAILED:
            return Change({"due_at": None})


async def watch_mint(order: Order, parts: Parts, now: int) -> Change:
    """Reads from the chain whether a co-signed order has its certificate, or needs another signature."""
    if (reports := await _minted(order, parts)) is not None:
        return _enter(order, Progress.MINTED, due_at=None, reports=reports)
    if await parts.chain.is_claimed(source_of(_proof(order))):
        return _origin_used(order)
    if deadline_passed(order, await parts.chain.latest_timestamp(), now):
        return _enter(order, Progress.RETIRED, due_at=now)
    # Minted before and not any more: a reorganisation took the block, and the report is still good.
    return _enter(order, Progress.COSIGNED, due_at=now + MINT_WATCH_S)


def deadline_passed(order: Order, chain_time: int, now: int) -> bool:
    """Whether the newest report can no longer be minted; Unix seconds."""
    return bool(max(chain_time, now) >= order.reports[-1]["valid_until"])


async def _retire(order: Order, parts: Parts, now: int) -> Change:
    market = parts.markets.get(order.quote.market)
    if market is None:
        raise MarketUnavailable(f"marketplace {order.quote.market} is not configured")
    purchase = Purchase(order.quote.reference, order.beneficiary_name, order.account, order.message)
    try:
        placed = await market.poll(purchase.quote_reference)
        if placed is None:
            # Money moves next. The chain was asked when the order came in, but it may be away since then.
            registry = order.quote.registry_key
            if not (await parts.chain.registry(registry)).enabled:
                detail = f"Retirements in registry {registry} are not certified any more. Nothing was bought."
                return _fail("registry_not_accepted", detail)
            placed = await market.place(purchase)
    except MarketRefused as error:
        return _fail("market_refused", f"The marketplace refused the order: {error}. Nothing was bought.")
    if placed.state is OrderState.FAILED:
        return _fail(
            "market_failed", f"The marketplace ended the order as {placed.status}. Nothing was retired."
        )
    if placed.state is OrderState.PENDING or placed.retirement is None:
        wait_s = min(POLL_MOST_S, 1 + order.attempts // 3)
        return Change(_no_error() | {"attempts": order.attempts + 1, "due_at": now + wait_s})
    proof = await market.proof(placed.retirement)
    wrong = _differences(order, proof)
    if wrong:
        return _fail(
            "proof_differs", f"The marketplace's proof differs from the order in {', '.join(wrong)}."
        )
    return _enter(order, Progress.RETIRED, due_at=now, proof=proof.as_json())


async def _cosign(order: Order, parts: Parts, now: int) -> Change:
    proof = _proof(order)
    if await parts.chain.is_claimed(source_of(proof)):
        reports = await _minted(order, parts)
        return (
            _enter(order, Progress.MINTED, due_at=None, reports=reports) if reports else _origin_used(order)
        )
    valid_until = max(await parts.chain.latest_timestamp(), now) + VALIDITY_S
    report = retirement_report(proof, order.account, valid_until)
    signatures = await parts.cosign(report, {"market": proof.market, "reference": proof.reference})
    entry = {
        "certificate": as_hex(retirement_report_id(report, parts.domain)),
        "report": report_as_json(report),
        "signatures": [as_hex(signature) for signature in signatures],
        "valid_until": valid_until,
    }
    return _enter(order, Progress.COSIGNED, due_at=now + MINT_WATCH_S, reports=[*order.reports, entry])


async def _minted(order: Order, parts: Parts) -> list[dict[str, Any]] | None:
    """The order's reports with the minted one put last, or None if the chain has no certificate of them."""
    for entry in reversed(order.reports):
        if await parts.chain.certificate(int(entry["certificate"], 16)) is not None:
            return [*(other for other in order.reports if other is not entry), entry]
    return None


def _proof(order: Order) -> Proof:
    if order.proof is None:
        raise ValueError(f"order {order.id} is {order.state} without a proof")
    return Proof.from_json(order.proof)


def _differences(order: Order, proof: Proof) -> list[str]:
    """Where the market's evidence is not what was ordered."""
    wanted = {
        "amount_ug": (int(order.quote.amount_ug), proof.amount_ug),
        "project": (order.quote.project, proof.project),
        "vintage": (order.quote.vintage, proof.vintage),
        "beneficiary": (order.beneficiary_name, proof.beneficiary),
        "beneficiary_address": (order.account.lower(), proof.beneficiary_address.lower()),
    }
    return [
        f"{field} ({stated} ordered, {found} retired)"
        for field, (stated, found) in wanted.items()
        if stated != found
    ]


def _no_error() -> dict[str, Any]:
    return {"error_code": None, "error_detail": None}


def _enter(order: Order, state: Progress, **values: Any) -> Change:
    same = order.state == state
    return Change(_no_error() | {"state": str(state), "attempts": 0, **values}, None if same else state)


def _fail(code: str, detail: str) -> Change:
    values = {
        "state": str(Progress.FAILED),
        "error_code": code,
        "error_detail": detail[:1000],
        "due_at": None,
    }
    return Change(values, Progress.FAILED)


def _origin_used(order: Order) -> Change:
    reference = (order.proof or {}).get("reference")
    return _fail(
        "origin_already_used",
        f"The retirement {reference} already backs another certificate; "
        "one retirement backs one certificate only.",
    )
