"""Everything around one order, in memory: a market, a desk on a chain that can be reorganised, a council.

The acts, steps and decisions are the real ones. What is missing is the database: a crash is an outcome that
is thrown away before it is written down.
"""

from __future__ import annotations

from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

from order_market import NOW, PAYER, TONNE_UG, MemoryMarket

from greenledger.chain.errors import Reverted
from greenledger.chain.transactions import Call, Outcome, Transaction
from greenledger.evidence.structs import struct_as_json
from greenledger.evidence.typed_data import (
    Order as DeskOrder,
)
from greenledger.evidence.typed_data import RetirementReport, Source, desk_domain, order_id, retirement_domain
from greenledger.evidence.words import as_hex
from greenledger.offsets import happenings as h
from greenledger.offsets.acts import Done, Later, act
from greenledger.offsets.errors import CoSigningFailed, MarketUnavailable
from greenledger.offsets.machine import Act, Progress, decide
from greenledger.offsets.parts import Parts, Rules, Seller
from greenledger.offsets.steps import Wait, next_happening
from greenledger.offsets.transitions import effect_key
from greenledger.usage.models.order import Order
from greenledger.usage.models.outbox import Effect

SELLER, DESK, TOKEN = ("0x" + digit * 40 for digit in "234")
PRICE, DAY_S = 25_000_000, 86_400
UNKNOWN, OPEN, FULFILLED, REFUNDED = 0, 1, 2, 3
ID = "0" * 32
DOMAIN = desk_domain(31337, DESK)


def at_once(work: Coroutine[Any, Any, Any]) -> Any:
    """Runs what never really waits."""
    try:
        work.send(None)
    except StopIteration as stop:
        return stop.value
    raise AssertionError("the work waited for something that is not in memory")


@dataclass
class World(MemoryMarket):
    """One order and its surroundings."""

    council_signs: bool = True
    # Events, the desk's state before each, and the key of our transaction that made it.
    chain: list[tuple[str, int, str | None]] = field(default_factory=list)
    unmined: list[str] = field(default_factory=list)  # transactions of ours that lost their block
    followed: int = 0
    desk_state: int = UNKNOWN
    certified: bool = False  # whether a certificate of the order is among the confirmed ones
    sent: dict[str, Call] = field(default_factory=dict)
    effects: list[Effect] = field(default_factory=list)
    alarms: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        struct = DeskOrder(
            seller=SELLER,
            payer=PAYER,
            holder=PAYER,
            token=TOKEN,
            price=PRICE,
            amount_ug=TONNE_UG,
            min_ug=TONNE_UG // 2,
            registry=b"icr".ljust(32, b"\0"),
            project="ICR-1",
            vintage=2022,
            beneficiary="A buyer",
            quote_until=NOW + 600,
            deadline=NOW + 7 * DAY_S,
            salt=b"\1" * 32,
        )
        quote = SimpleNamespace(
            market="market",
            reference="q1",
            source_id="s",
            project="ICR-1",
            registry_key="icr",
            vintage=2022,
            amount_ug=str(TONNE_UG),
            cost_cents=2500,
        )
        self.order = cast(
            Order,
            SimpleNamespace(
                account=PAYER,
                id=ID,
                quote=quote,
                beneficiary_name="A buyer",
                message="a reason",
                state="quoted",
                desk_id=as_hex(order_id(struct, DOMAIN)),
                desk_order=struct_as_json(struct),
                certificate=None,
                reference="q1",
                asked_at=None,
                bought=False,
                requotes=0,
                acts=0,
                proof=None,
                further=[],
                reports=[],
                error_code=None,
                error_detail=None,
                attempts=0,
                created_at=NOW,
            ),
        )
        self.desk_id = self.order.desk_id or ""
        domain = retirement_domain(31337, "0x" + "5" * 40)
        rules = Rules(settle_s=60, proof_tries=2)
        self.parts = Parts({"market": self}, self, domain, self._cosign, Seller(DESK, self), rules)

    # -- what happens to the order ----------------------------------------------------------------------

    def tell(self, happening: h.Happening) -> None:
        """Decides and writes down, as a transaction does."""
        move = decide(self.order, happening)
        if move is None:
            return
        if move.act is not None:
            self.order.acts += 1
            key = effect_key(ID, self.order.acts, move.act)
            self.effects.append(Effect(account=PAYER, key=key, kind=str(move.act), payload={}))
        for name, value in {**move.values, "state": str(move.to), "attempts": 0}.items():
            setattr(self.order, name, value)
        if move.alarm is not None:
            self.alarms.append(move.alarm)

    def work(self, crash: bool = False) -> None:
        """Does the oldest effect; a crash loses what came of it, and it is done again another time."""
        if not self.effects:
            return
        effect = self.effects[0]
        seen = self._seen()
        try:
            outcome: Done | Later = at_once(act(effect, seen, self.parts, self._note, self.now))
        except (MarketUnavailable, Reverted):
            return
        if crash or isinstance(outcome, Later):
            return
        self.effects.pop(0)
        if outcome.happening is not None:
            self.tell(outcome.happening)

    def look(self, crash: bool = False) -> None:
        try:
            found = at_once(next_happening(self._seen(), self.parts, self.now))
        except (MarketUnavailable, CoSigningFailed):
            self.order.attempts += 1
            return
        if not crash and not isinstance(found, Wait):
            self.tell(found)

    def _seen(self) -> Order:
        """The order as a worker read it, before anything else happens to it."""
        return cast(Order, SimpleNamespace(**vars(self.order)))

    async def _note(self, seen: Order, asked_at: int | None) -> bool:
        current = (self.order.state, self.order.asked_at, self.order.acts)
        if current != (Progress.PAID, asked_at, seen.acts):
            return False
        self.order.asked_at = self.now
        return True

    # -- the chain --------------------------------------------------------------------------------------

    def emit(self, name: str, state: int, key: str | None = None) -> None:
        self.chain.append((name, self.desk_state, key))
        self.desk_state = state

    def follow(self) -> None:
        """The next event gets its confirmations."""
        if self.followed < len(self.chain):
            name, _, _ = self.chain[self.followed]
            self.followed += 1
            self.tell(APPLIED[name])

    def reorganise(self, depth: int) -> list[str]:
        """Takes the last events off the chain, those already acted on newest first; gives their names."""
        gone: list[str] = []
        for _ in range(min(depth, len(self.chain))):
            name, before, key = self.chain.pop()
            self.desk_state = before
            self.unmined += [key] if key is not None else []
            if self.followed > len(self.chain):
                self.followed = len(self.chain)
                self.tell(TAKEN_BACK[name])
            gone.append(name)
        return gone

    async def registry(self, key: str) -> Any:
        return SimpleNamespace(enabled=True)

    async def certificate(self, identity: int) -> object | None:
        return object() if self.desk_state == FULFILLED else None

    async def can_back(self, source: Source, amount_ug: int) -> bool:
        return self.desk_state != FULFILLED

    async def hint_for(self, book: bytes, first: int) -> int:
        return 0

    async def order_state(self, order: bytes) -> int:
        return self.desk_state

    async def is_minted_for(self, order: str) -> bool:
        return self.certified and order == self.desk_id

    async def latest_timestamp(self) -> int:
        return self.now

    # -- the sender -------------------------------------------------------------------------------------

    async def send(self, key: str, call: Call) -> Transaction:
        """Mined at once: what the desk refuses never gets that far."""
        if key not in self.sent:
            if self.desk_state != OPEN:
                raise Reverted("desk: order is not open")
            self.sent[key] = call
            self._mine(key)
        return self._transaction(key)

    def push(self) -> None:
        """What lost its block is broadcast again; what the desk refuses by now changes nothing."""
        while self.unmined:
            key = self.unmined.pop(0)
            if self.desk_state == OPEN:
                self._mine(key)

    def _mine(self, key: str) -> None:
        is_fulfilment = key.endswith(Act.FULFIL)
        self.emit(*(("fulfilled", FULFILLED) if is_fulfilment else ("refunded", REFUNDED)), key)

    async def outcome(self, key: str) -> Transaction | None:
        return self._transaction(key) if key in self.sent else None

    def _transaction(self, key: str) -> Transaction:
        return Transaction(key, 1, self.sent[key], 1, (), Outcome.DONE, mined_hash="0x" + "ab" * 32)

    async def _cosign(self, report: RetirementReport, where: Mapping[str, object]) -> Sequence[bytes]:
        if not self.council_signs:
            raise CoSigningFailed("1 of 2")
        return [b"\4" * 65, b"\5" * 65]


APPLIED: dict[str, h.Happening] = {
    "opened": h.Opened(),
    "fulfilled": h.Fulfilled("0x" + "cd" * 32),
    "refunded": h.Refunded(declined=True),
    "deadline": h.Refunded(declined=False),
}
TAKEN_BACK: dict[str, h.Happening] = {
    "opened": h.OpenedTakenBack(),
    "fulfilled": h.FulfilledTakenBack(),
    "refunded": h.RefundedTakenBack(),
    "deadline": h.RefundedTakenBack(),
}
