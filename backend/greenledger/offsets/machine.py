"""The states of an order and every way from one to another. Pure: an order, what happened, the move.

    quoted --> opened --> paid --> placed --> retired --> cosigned --> minted --> allocated
       |         seen    final     market     proof       council     desk, final
       |                  |          |          |            |
    failed             refunding <---+----------+------------+       what cannot become a certificate
    (never paid)          |
                       refunded <-- also straight from any of them: after the deadline anyone may refund

Orders that nobody pays for (local chains only) begin at `paid`, have `failed` in place of `refunding`, and
their holder mints.

A move has one cause and at most one kind of outside effect, written into the outbox with the new state:

    into paid       place     the market's idempotency key is the quote's reference
    into cosigned   fulfil    the sender's key is order, number of the act, name of the act
    into refunding  decline   the same
    into minted     certify   one for each further part of a purchase that the market split: see `further`

`minted`, `refunded` and `failed` are ends. Only a reorganisation leads back: the desk's events are undone
newest first, so `minted` falls to `cosigned`, `refunded` to `refunding`. If the payment itself is gone, an
order that was never asked for at the market is `quoted` again. One that may have been bought is `stranded`:
nothing is bought again and the operator is alarmed; it goes on if the payment comes back into a block. A
payment that arrives for an order that had failed is not kept: the order goes on if it had only expired, else
it is refunded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from greenledger.offsets import happenings as h

WATCH_S = 20
REVERSAL_WATCH_S = 86_400
QUOTE_EXPIRED = "quote_expired"
MOST_DETAIL = 1000


class Progress(StrEnum):
    """States of an order."""

    QUOTED = "quoted"
    OPENED = "opened"
    PAID = "paid"
    PLACED = "placed"
    RETIRED = "retired"
    COSIGNED = "cosigned"
    MINTED = "minted"
    ALLOCATED = "allocated"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    FAILED = "failed"
    STRANDED = "stranded"


class Act(StrEnum):
    """Outside effects."""

    PLACE = "place"
    FULFIL = "fulfil"
    DECLINE = "decline"
    CERTIFY = "certify"


ENDS = frozenset({Progress.MINTED, Progress.ALLOCATED, Progress.REFUNDED, Progress.FAILED})
MINTED = frozenset({Progress.MINTED, Progress.ALLOCATED})
BEFORE_MINT = frozenset({Progress.PLACED, Progress.RETIRED, Progress.COSIGNED})


class Facts(Protocol):
    """What of an order decides; the columns of the usage database."""

    @property
    def state(self) -> str: ...
    @property
    def desk_id(self) -> str | None: ...
    @property
    def asked_at(self) -> int | None: ...
    @property
    def bought(self) -> bool: ...
    @property
    def requotes(self) -> int: ...
    @property
    def proof(self) -> Mapping[str, Any] | None: ...
    @property
    def further(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def reports(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def error_code(self) -> str | None: ...


@dataclass(frozen=True)
class Move:
    """The state after, columns to change, an effect to write, seconds until the order is looked at again.

    `alarm` is for the operator: something only a person can make good.
    """

    to: Progress
    values: Mapping[str, Any] = field(default_factory=dict)
    act: Act | None = None
    wait_s: int | None = None
    alarm: str | None = None


def decide(order: Facts, happening: h.Happening) -> Move | None:
    """What becomes of an order; None if the happening means nothing in its state."""
    state = Progress(order.state)
    if (move := _of_payment(order, state, happening)) is not None:
        return move
    if (move := _of_ends(order, state, happening)) is not None:
        return move
    if (move := _of_market(order, state, happening)) is not None:
        return move
    if (move := _of_parts(order, state, happening)) is not None:
        return move
    return _of_council(order, state, happening)


def _of_payment(order: Facts, state: Progress, happening: h.Happening) -> Move | None:
    match happening:
        case h.OpeningSeen() if _waits_for_payment(order, state):
            return Move(Progress.OPENED, _clear())
        case h.OpeningUnseen() if state is Progress.OPENED:
            return Move(Progress.QUOTED, wait_s=0)
        case h.Opened() if _waits_for_payment(order, state) or state is Progress.OPENED:
            return Move(Progress.PAID, _clear(), Act.PLACE)
        case h.Opened() if state is Progress.FAILED:
            return Move(Progress.REFUNDING, act=Act.DECLINE)
        case h.Opened() if state is Progress.STRANDED:
            return _resumed(order)
        case h.OpenedTakenBack():
            return _unpaid(order, state)
        case h.QuoteExpired() if state is Progress.QUOTED:
            return Move(
                Progress.FAILED,
                _error(QUOTE_EXPIRED, "Nobody paid before the quote ran out. Nothing was taken."),
            )
    return None


def _of_ends(order: Facts, state: Progress, happening: h.Happening) -> Move | None:
    match happening:
        case h.Fulfilled(certificate) if state not in MINTED | {Progress.REFUNDED}:
            # Once the desk has paid: what is refunded is the seller's loss, and no second one is made of it.
            act, values = Act.CERTIFY if order.further else None, _clear() | {"certificate": certificate}
            return Move(Progress.MINTED, values, act, REVERSAL_WATCH_S)
        case h.FulfilledTakenBack() if state in MINTED:
            return Move(Progress.COSIGNED, {"certificate": None}, wait_s=WATCH_S)
        case h.Refunded(declined) if state not in MINTED | {Progress.REFUNDED}:
            return _refunded(order, state, declined)
        case h.RefundedTakenBack() if state is Progress.REFUNDED:
            return Move(Progress.REFUNDING, act=Act.DECLINE)
        case h.Allocated(allocated_ug, amount_ug) if state in MINTED:
            to = Progress.ALLOCATED if allocated_ug >= amount_ug else Progress.MINTED
            return Move(to, wait_s=REVERSAL_WATCH_S) if to is not state else None
        case h.Voided(reason) if state in MINTED:
            why = "the registry reversed the retirement" if reason == 2 else "it was issued in error"
            detail = f"The council voided the certificate: {why}. What it covered is not covered any more."
            return Move(state, _error("certificate_voided", detail), alarm="certificate voided")
        case h.VoidedTakenBack() if state in MINTED:
            return Move(state, _clear(), wait_s=REVERSAL_WATCH_S)
        case h.Reversed(detail) if state in MINTED:
            alarm = "retirement reversed after its certificate: the council has to void it"
            return Move(state, _error("retirement_reversed", detail), alarm=alarm)
    return None


def _of_market(order: Facts, state: Progress, happening: h.Happening) -> Move | None:
    match happening:
        case h.Bought() if state is Progress.PAID:
            return Move(Progress.PLACED, _clear() | {"bought": True}, wait_s=0)
        case h.Bought() if not order.bought:
            return Move(state, {"bought": True}, alarm="bought for an order that nobody pays for any more")
        case h.NotBought(code, detail) if state is Progress.PAID:
            return _give_back(order, code, detail)
        case h.NotBought() if state is Progress.STRANDED and not order.bought:
            return Move(Progress.QUOTED, _clear() | {"asked_at": None}, wait_s=0)
        case h.Requoted(reference) if state is Progress.PAID:
            values = {"reference": reference, "asked_at": None, "requotes": order.requotes + 1}
            return Move(Progress.PAID, _clear() | values, Act.PLACE)
        case h.Retired(proof, further) if state is Progress.PLACED:
            parts = [{"reference": one, "certificate": None, "problem": None} for one in further]
            alarm = "split by the market: the desk pays for one part, the seller bears the others"
            values = _clear() | {"proof": dict(proof), "further": parts}
            return Move(Progress.RETIRED, values, wait_s=0, alarm=alarm if parts else None)
        case h.Spoiled(code, detail) if state in BEFORE_MINT:
            return _give_back(order, code, detail)
    return None


def _of_parts(order: Facts, state: Progress, happening: h.Happening) -> Move | None:
    # After a reorganisation the order may be in an earlier state, whose next look must not be forgotten.
    wait_s = REVERSAL_WATCH_S if state in MINTED else 0 if state in BEFORE_MINT else None
    match happening:
        case h.PartCertified(reference, certificate):
            values = _with_part(order, reference, {"certificate": certificate, "problem": None})
            return Move(state, values, wait_s=wait_s)
        case h.PartLost(reference, problem):
            alarm = "a further part of a split purchase has no certificate: the council is to be asked"
            return Move(state, _with_part(order, reference, {"problem": problem}), wait_s=wait_s, alarm=alarm)
    return None


def _with_part(order: Facts, reference: str, found: Mapping[str, Any]) -> dict[str, Any]:
    return {"further": [{**one, **found} if one["reference"] == reference else one for one in order.further]}


def _of_council(order: Facts, state: Progress, happening: h.Happening) -> Move | None:
    match happening:
        case h.Cosigned(entry) if state is Progress.RETIRED:
            values = _clear() | {"reports": [*order.reports, dict(entry)]}
            # Looked at at once: what keeps the desk from taking it is not left until the first watch.
            wait_s = 0 if order.desk_id else WATCH_S
            return Move(Progress.COSIGNED, values, Act.FULFIL if order.desk_id else None, wait_s)
        case h.ReportExpired() if state is Progress.COSIGNED:
            return Move(Progress.RETIRED, _clear(), wait_s=0)
        case h.SentInVain() if state is Progress.COSIGNED:
            return Move(state, act=Act.FULFIL, wait_s=WATCH_S)
        case h.SentInVain() if state is Progress.REFUNDING:
            return Move(state, act=Act.DECLINE)
        case h.MintSeen(reports) if state in (Progress.RETIRED, Progress.COSIGNED):
            return Move(Progress.MINTED, _clear() | {"reports": reports})
        case h.MintUnseen() if state is Progress.MINTED and order.desk_id is None:
            return Move(Progress.COSIGNED, _clear(), wait_s=WATCH_S)
    return None


def _waits_for_payment(order: Facts, state: Progress) -> bool:
    expired = state is Progress.FAILED and order.error_code == QUOTE_EXPIRED
    return state is Progress.QUOTED or expired


def _resumed(order: Facts) -> Move:
    """The payment is back. Without a certain purchase the effect that asks the market still goes on."""
    if not order.bought:
        return Move(Progress.PAID, _clear())
    return Move(Progress.RETIRED if order.proof is not None else Progress.PLACED, _clear(), wait_s=0)


def _unpaid(order: Facts, state: Progress) -> Move | None:
    if state is Progress.OPENED or (state is Progress.PAID and order.asked_at is None):
        return Move(Progress.QUOTED, _clear(), wait_s=0)
    if state is Progress.REFUNDING:
        return Move(Progress.FAILED)
    if state not in BEFORE_MINT | {Progress.PAID}:
        return None
    detail = (
        "The chain took back the block with your payment, after the credits were asked for. Nothing is "
        "bought again. If the payment comes back into a block, the order goes on; else nothing was taken."
    )
    alarm = "payment gone after the purchase: nobody pays for these credits unless it comes back"
    return Move(Progress.STRANDED, _error("payment_gone", detail), alarm=alarm)


def _give_back(order: Facts, code: str, detail: str) -> Move:
    if order.desk_id is None:
        return Move(Progress.FAILED, _error(code, detail))
    alarm = "bought in vain: the payment goes back" if order.bought else None
    return Move(Progress.REFUNDING, _error(code, detail), Act.DECLINE, alarm=alarm)


def _refunded(order: Facts, state: Progress, declined: bool) -> Move:
    if state is Progress.REFUNDING:
        return Move(Progress.REFUNDED)
    if order.bought:
        detail = (
            "The payment went back to the payer before the certificate was minted, so there will be none. "
            "The credits had been retired: the operator bears that."
        )
        return Move(
            Progress.REFUNDED,
            _error("refunded_after_purchase", detail),
            alarm="refunded after the purchase: nobody pays for these credits",
        )
    who = "The seller declined the order" if declined else "The deadline passed and the order was refunded"
    return Move(
        Progress.REFUNDED,
        _error(
            "declined" if declined else "deadline_passed", f"{who}: the whole price went back to the payer."
        ),
    )


def _clear() -> dict[str, Any]:
    return {"error_code": None, "error_detail": None}


def _error(code: str, detail: str) -> dict[str, Any]:
    return {"error_code": code, "error_detail": detail[:MOST_DETAIL]}
