"""What chain, marketplace and database say at the end of a rehearsal, held against each other."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from scripts.chaos.buyers import Buyer, Paid
from scripts.chaos.contracts import FUNDS, Chain, account
from scripts.chaos.records import Record
from scripts.dev.stack import SELLER_ACCOUNT

UG_PER_TONNE = 10**12
UG_PER_G = 10**6
FULFILLED, REFUNDED = 2, 3
# Why an order may be refunded although the market retired for it: faults that were put there.
IN_VAIN = {
    "market_reverted",
    "proof_differs",
    "too_little_retired",
    "serials_wrong",
    "origin_already_used",
    "proof_unusable",
}


MISSING = Record("missing", "", (), 0, 0, None)


@dataclass
class Verdict:
    """Figures of one rehearsal; `wrong` says in words whatever does not fit, and is empty if all does."""

    orders: int = 0
    minted: int = 0
    refunded: int = 0
    further_parts: int = 0  # of split purchases, with certificates of their own
    duplicates: int = 0
    lost: int = 0
    certified_ug: int = 0
    retired_ug: int = 0
    in_vain_ug: int = 0
    paid_base_units: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Retirement:
    """One that stands at the market: for which order of the desk, and how much."""

    desk_id: str
    amount_ug: int


def judge(chain: Chain, buyers: Sequence[Buyer], market: Path, stored: Mapping[str, Record]) -> Verdict:
    """`stored` has each order by its id, as the database has it."""
    verdict = Verdict()
    events = _events(chain)
    retirements = _retirements(market)
    found: Counter[str] = Counter(one.desk_id for one in retirements)
    by_order = {one.desk_id: one.amount_ug for one in retirements}
    for buyer in buyers:
        spent = 0
        for paid in buyer.paid:
            spent += _one(verdict, chain, paid, events, by_order, stored.get(paid.id, MISSING))
        balance = chain.token.functions.balanceOf(buyer.account.address).call()
        if balance != FUNDS - spent:
            verdict.wrong.append(f"buyer {buyer.account.address} has {balance}, expected {FUNDS - spent}")
        verdict.paid_base_units += spent
    verdict.duplicates = sum(count - 1 for count in found.values() if count > 1)
    verdict.retired_ug = sum(one.amount_ug for one in retirements)
    _sums(verdict, chain)
    for desk_id, count in found.items():
        if count > 1:
            verdict.wrong.append(f"{desk_id} was retired {count} times")
    known = {paid.desk_id for buyer in buyers for paid in buyer.paid}
    if strangers := set(found) - known:
        verdict.wrong.append(f"{len(strangers)} retirements are for orders that nobody paid")
    return verdict


def _one(
    verdict: Verdict,
    chain: Chain,
    paid: Paid,
    events: Mapping[str, list[Any]],
    retired: Mapping[str, int],
    record: Record,
) -> int:
    """Judges one order; gives what its payer spent on it, base units."""
    verdict.orders += 1
    state = chain.desk.functions.order_state(paid.desk_id).call()
    ends = events.get(paid.desk_id, [])
    stored, code = record.state, record.code
    amount_ug = retired.get(paid.desk_id, 0)
    if state not in (FULFILLED, REFUNDED) or len(ends) != 1:
        verdict.lost += 1
        verdict.wrong.append(
            f"{paid.id}: state {state} at the desk, {len(ends)} ends, {stored} here ({code})"
        )
        return paid.price if state == 1 else 0
    expected = "minted" if state == FULFILLED else "refunded"
    if stored != expected:
        verdict.wrong.append(f"{paid.id}: {expected} at the desk, {stored} here")
    if state == REFUNDED:
        verdict.refunded += 1
        verdict.in_vain_ug += amount_ug
        if amount_ug and code not in IN_VAIN:
            verdict.wrong.append(f"{paid.id}: retired {amount_ug} µg and refunded for {code}")
        return 0
    verdict.minted += 1
    certificate = chain.credits.functions.certificate(ends[0]["certificate"]).call()
    further = [chain.credits.functions.certificate(int(one, 16)).call() for one in record.certificates]
    verdict.further_parts += len(further)
    certified_ug = certificate[1] + sum(one[1] for one in further)
    verdict.certified_ug += certified_ug
    if {one[0] for one in further} - {certificate[0]}:
        verdict.wrong.append(f"{paid.id}: a further part has another holder than the order")
    if record.parts_lost:
        verdict.in_vain_ug += amount_ug - certified_ug  # by a fault that was put there
    elif certified_ug != amount_ug:
        verdict.wrong.append(f"{paid.id}: certified {certified_ug} µg, retired {amount_ug}")
    ordered_ug = int(paid.order["amount_ug"])
    share = paid.price * min(int(certificate[1]), ordered_ug) // ordered_ug
    if ends[0]["paid"] != share or ends[0]["returned"] != paid.price - share:
        verdict.wrong.append(f"{paid.id}: paid {ends[0]['paid']}, expected {share} of {paid.price}")
    return share


def _sums(verdict: Verdict, chain: Chain) -> None:
    """The whole: nothing left in the desk, the seller has what the buyers spent, every µg has its place."""
    functions = chain.token.functions
    for name, value in {
        "the desk's balance": functions.balanceOf(chain.desk.address).call(),
        "what the desk holds": chain.desk.functions.held(chain.token.address).call(),
        "the seller's open orders": chain.desk.functions.exposure(
            account(SELLER_ACCOUNT).address, chain.token.address
        ).call(),
    }.items():
        if value:
            verdict.wrong.append(f"{name} is {value}, expected 0")
    seller = functions.balanceOf(account(SELLER_ACCOUNT).address).call()
    minted = len(chain.credits.events.CertificateMinted().get_logs(from_block=chain.start))
    if minted != verdict.minted + verdict.further_parts:
        verdict.wrong.append(
            f"{minted} certificates, expected {verdict.minted} and {verdict.further_parts} of further parts"
        )
    if seller != verdict.paid_base_units:
        verdict.wrong.append(f"the seller has {seller}, the buyers spent {verdict.paid_base_units}")
    if verdict.retired_ug != verdict.certified_ug + verdict.in_vain_ug:
        verdict.wrong.append(
            f"retired {verdict.retired_ug} µg, certified {verdict.certified_ug}, in vain {verdict.in_vain_ug}"
        )


def _events(chain: Chain) -> dict[str, list[Any]]:
    """How each order ended, by its id at the desk."""
    found: dict[str, list[Any]] = {}
    for event in (chain.desk.events.OrderFulfilled(), chain.desk.events.OrderRefunded()):
        for log in event.get_logs(from_block=chain.start):
            found.setdefault(f"0x{log['args']['id'].hex()}", []).append(log["args"])
    return found


def _retirements(market: Path) -> list[Retirement]:
    """Everything that the sandbox retired, by its own file: the public message begins with the order's id."""
    with sqlite3.connect(f"file:{market}?mode=ro", uri=True) as connection:
        carbonmark = connection.execute(
            "SELECT message, tonnes, outcome FROM orders JOIN quotes ON quotes.uuid = orders.quote_uuid "
            "LEFT JOIN outcomes ON outcomes.quote_uuid = orders.quote_uuid"
        ).fetchall()
        cnaught = connection.execute("SELECT body, parts, outcome FROM cnaught_orders").fetchall()
    found = []
    for message, tonnes, outcome in carbonmark:
        faults = json.loads(outcome or "{}")
        share = 2 if faults.get("partial") else 1
        if not faults.get("fails"):
            # Half of a whole number of tonnes has no fraction of a µg.
            found.append(Retirement(_marked(message), int(Decimal(tonnes) * UG_PER_TONNE) // share))
    for body, parts, outcome in cnaught:
        if not json.loads(outcome).get("fails"):
            message = json.loads(json.loads(body)["metadata"])["message"]
            amount_ug = sum(part["grams"] for part in json.loads(parts)) * UG_PER_G
            found.append(Retirement(_marked(message), amount_ug))
    return found


def _marked(message: str) -> str:
    return message.split(" ", 1)[0].lower()
