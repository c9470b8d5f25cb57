"""Any order of events and crashes: never two purchases, never minted and refunded, ends stay ends."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from order_world import DAY_S, FULFILLED, OPEN, REFUNDED, UNKNOWN, World

from greenledger.offsets import happenings as h
from greenledger.offsets.machine import ENDS, Act, Progress

MOODS = ("good", "good", "cut", "down", "refuses", "partial", "too little", "stranger", "unmarked")


class OrderMachine(RuleBasedStateMachine):
    """Acts of buyer, market, chain, strangers and time around one order, with crashes in between."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.ended: str | None = None

    @precondition(lambda self: self.world.desk_state == UNKNOWN)
    @rule()
    def the_buyer_pays(self) -> None:
        self.world.emit("opened", OPEN)

    @rule()
    def an_event_is_final(self) -> None:
        self.world.follow()

    @rule()
    def an_event_is_seen(self) -> None:
        if self.world.desk_state == OPEN:
            self.world.tell(h.OpeningSeen())

    @rule()
    def an_event_is_seen_no_more(self) -> None:
        if self.world.followed == 0:
            self.world.tell(h.OpeningUnseen())

    @rule(crash=st.booleans(), mood=st.sampled_from(MOODS), lags=st.booleans())
    def the_worker_acts(self, crash: bool, mood: str, lags: bool) -> None:
        world, before = self.world, len(self.world.purchases)
        world.mood, world.lags = mood, lags
        state = world.order.state
        world.work(crash)
        if len(world.purchases) > before:
            assert state == Progress.PAID, f"bought in state {state}"

    @rule(crash=st.booleans(), mood=st.sampled_from(MOODS), signs=st.booleans())
    def the_worker_looks(self, crash: bool, mood: str, signs: bool) -> None:
        self.world.mood, self.world.council_signs = mood, signs
        self.world.look(crash)

    @rule(state=st.sampled_from(("retired", "retired", "failed", "reverted")))
    def the_market_ends_it(self, state: str) -> None:
        self.world.finish(state)

    @rule(seconds=st.sampled_from((5, 61, 4_300, 8 * DAY_S)))
    def time_passes(self, seconds: int) -> None:
        world = self.world
        world.now += seconds
        # However late: by now the market lists what it sold.
        if seconds > world.parts.rules.settle_s:
            world.listed |= set(world.purchases)

    @precondition(lambda self: self.world.desk_state == OPEN)
    @rule()
    def anyone_refunds_after_the_deadline(self) -> None:
        if self.world.now > self.world.order.created_at + 7 * DAY_S:
            self.world.emit("deadline", REFUNDED)

    @precondition(lambda self: self.world.desk_state == OPEN and self.world.order.reports)
    @rule()
    def a_stranger_fulfils(self) -> None:
        self.world.emit("fulfilled", FULFILLED)

    @precondition(lambda self: self.world.chain)
    @rule(depth=st.integers(1, 3))
    def the_chain_is_reorganised(self, depth: int) -> None:
        self.world.reorganise(depth)
        self.ended = None

    @rule(turns=st.integers(1, 8), mood=st.sampled_from(MOODS))
    def it_goes_on(self, turns: int, mood: str) -> None:
        """What is likely in the world and not for a die: one thing after the other for a while."""
        world = self.world
        world.council_signs = True
        if world.desk_state == UNKNOWN:
            world.emit("opened", OPEN)
        for _ in range(turns):
            world.follow()
            self.the_worker_acts(False, mood, False)
            world.finish("retired")
            world.look()

    @rule()
    def the_sender_pushes(self) -> None:
        self.world.push()

    @invariant()
    def at_most_one_purchase(self) -> None:
        assert len(self.world.purchases) <= 1

    @invariant()
    def the_state_is_what_the_followed_chain_says(self) -> None:
        names = [name for name, _, _ in self.world.chain[: self.world.followed]]
        state = Progress(self.world.order.state)
        minted = state in (Progress.MINTED, Progress.ALLOCATED)
        assert minted == ("fulfilled" in names)
        assert (state is Progress.REFUNDED) == ("refunded" in names or "deadline" in names)

    @invariant()
    def an_end_stays_an_end(self) -> None:
        state = self.world.order.state
        if self.ended is not None and "opened" not in self._unfollowed():
            assert state == self.ended
        late = state == Progress.FAILED  # an expired quote may still turn out to be paid
        self.ended = state if state in ENDS and not late else None

    @invariant()
    def an_alarm_is_raised_for_what_nobody_pays(self) -> None:
        order = self.world.order
        if order.state == Progress.STRANDED or (order.state == Progress.REFUNDED and order.bought):
            assert self.world.alarms

    @invariant()
    def money_in_the_desk_is_always_worked_on(self) -> None:
        """Paid and not ended: then something is due, a look or an effect."""
        world = self.world
        if world.followed < len(world.chain) or world.desk_state != OPEN:
            return
        state = Progress(world.order.state)
        assert state not in ENDS
        if state in (Progress.PAID, Progress.REFUNDING):
            wanted = Act.PLACE if state is Progress.PAID else Act.DECLINE
            under_way = [effect.kind for effect in world.effects] + [
                key.split("/")[-1] for key in world.unmined
            ]
            assert wanted in under_way

    def _unfollowed(self) -> list[str]:
        return [name for name, _, _ in self.world.chain[self.world.followed :]]


OrderMachine.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestOrderMachine = OrderMachine.TestCase
