"""Sources against plain sets of serials.

A serial backs nothing, one range, or one block whose parts sum to at most its worth.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import boa
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from in_process import load
from reports import SERIAL_RANGE, SHARED_BLOCK

from properties.tiers import STEPS, tiered

BOOKS = [b"\x01" * 32, b"\x02" * 32]
REGISTRY = 1
UNITS_UG = st.sampled_from([1, 3, 10])
SERIALS = st.integers(1, 30)
LENGTHS = st.integers(1, 5)
AMOUNTS_UG = st.integers(1, 60)
KINDS = st.sampled_from([SERIAL_RANGE, SHARED_BLOCK])
LAST = 40

Source = tuple[int, bytes, int, int]


@dataclass
class Claim:
    """What backs certificates: a range with one amount, or a block with the amounts of its parts."""

    source: Source
    worth_ug: int
    amounts_ug: list[int] = field(default_factory=list)

    @property
    def serials(self) -> set[int]:
        return set(range(self.source[2], self.source[3] + 1))


class Sources(RuleBasedStateMachine):
    """The model holds every claim; what a claim takes is a set of serials."""

    @initialize()
    def deploy(self) -> None:
        self.contract: Any = load("tests/contracts/mocks/sources_harness.vy")
        self.claims: list[Claim] = []
        self.released: list[Source] = []

    def taken(self, book: bytes) -> set[int]:
        return set().union(*(claim.serials for claim in self.claims if claim.source[1] == book))

    def block(self, source: Source) -> Claim | None:
        """The block in use that is this very source."""
        return next((claim for claim in self.claims if claim.source == source), None)

    def hint(self, book: bytes, below: int) -> int:
        starts = [claim.source[2] for claim in self.claims if claim.source[1] == book]
        return max((start for start in starts if start < below), default=0)

    @rule(
        kind=KINDS,
        book=st.sampled_from(BOOKS),
        first=SERIALS,
        length=LENGTHS,
        amount=AMOUNTS_UG,
        unit=UNITS_UG,
    )
    def claim(self, kind: int, book: bytes, first: int, length: int, amount: int, unit: int) -> None:
        self.claim_source((kind, book, first, first + length - 1), amount, unit)

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), kind=KINDS, amount=AMOUNTS_UG, unit=UNITS_UG)
    def claim_what_is_claimed(self, data: st.DataObject, kind: int, amount: int, unit: int) -> None:
        source = data.draw(st.sampled_from([claim.source for claim in self.claims]))
        self.claim_source((kind, *source[1:]), amount, unit)

    @precondition(lambda self: self.released)
    @rule(data=st.data(), kind=KINDS, amount=AMOUNTS_UG, unit=UNITS_UG)
    def claim_what_was_released(self, data: st.DataObject, kind: int, amount: int, unit: int) -> None:
        source = data.draw(st.sampled_from(self.released))
        self.claim_source((kind, *source[1:]), amount, unit)

    def claim_source(self, source: Source, amount_ug: int, unit_ug: int) -> None:
        kind, book, first, last = source
        arguments = (source, amount_ug, REGISTRY, unit_ug, self.contract.hint_for(book, first))
        block = self.block(source) if kind == SHARED_BLOCK else None
        claim = block or Claim(source, (last - first + 1) * unit_ug)
        reason = self.reason_to_refuse(claim, amount_ug, is_new=block is None)
        if reason:
            with boa.reverts(reason):
                self.contract.claim(*arguments)
            return
        note(f"claim {amount_ug} of {source}")
        self.contract.claim(*arguments)
        claim.amounts_ug.append(amount_ug)
        if block is None:
            self.claims.append(claim)

    def reason_to_refuse(self, claim: Claim, amount_ug: int, is_new: bool) -> str | None:
        """Why the contract must refuse the claim; None if it must accept it."""
        if is_new and self.taken(claim.source[1]) & claim.serials:
            return "credits: serials are already claimed"
        if sum(claim.amounts_ug) + amount_ug > claim.worth_ug:
            if claim.source[0] == SERIAL_RANGE:
                return "credits: amount is above the serials' worth"
            return "credits: amount is above what the block has left"
        return None

    @precondition(lambda self: self.claims)
    @rule(data=st.data())
    def fill_a_block(self, data: st.DataObject) -> None:
        claim = data.draw(st.sampled_from(self.claims))
        left_ug = claim.worth_ug - sum(claim.amounts_ug)
        if claim.source[0] == SHARED_BLOCK and left_ug:
            self.claim_source(claim.source, left_ug, 1)
            assert self.contract.block_left_ug(claim.source) == 0

    @precondition(lambda self: self.claims)
    @rule(data=st.data())
    def release(self, data: st.DataObject) -> None:
        claim = data.draw(st.sampled_from(self.claims))
        amount_ug = data.draw(st.sampled_from(claim.amounts_ug))
        _, book, first, _ = claim.source
        note(f"release {amount_ug} of {claim.source}")
        self.contract.release(claim.source, amount_ug, self.hint(book, first))
        claim.amounts_ug.remove(amount_ug)
        if not claim.amounts_ug:
            self.claims.remove(claim)
            self.released.append(claim.source)

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), hint=st.integers(1, LAST))
    def release_with_a_wrong_hint(self, data: st.DataObject, hint: int) -> None:
        claim = data.draw(st.sampled_from(self.claims))
        _, book, first, _ = claim.source
        starts = {other.source[2] for other in self.claims if other.source[1] == book}
        if len(claim.amounts_ug) > 1 or (hint in starts and hint < first):
            return
        reason = "hint is above the range" if hint in starts else "hint is not the start of a claimed range"
        with boa.reverts(f"credits: {reason}"):
            self.contract.release(claim.source, claim.amounts_ug[0], hint)

    @invariant()
    def count_the_step(self) -> None:
        STEPS[type(self).__name__] += 1

    @invariant()
    def every_serial_is_as_the_model_says(self) -> None:
        for book in BOOKS:
            assert set(self.contract.claimed(book)) == self.taken(book)

    @invariant()
    def every_block_has_left_what_its_parts_leave(self) -> None:
        for claim in self.claims:
            used_ug = sum(claim.amounts_ug)
            assert 0 < used_ug <= claim.worth_ug
            left_ug = claim.worth_ug - used_ug if claim.source[0] == SHARED_BLOCK else 0
            assert self.contract.block_left_ug(claim.source) == left_ug


TestSources = Sources.TestCase
TestSources.settings = tiered(examples=12, steps=30)
