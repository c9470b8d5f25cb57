"""Serial ranges against a plain set of serials.

A claim succeeds exactly if none of its serials is taken, and a release frees exactly the serials of a range.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

import boa
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from in_process import load

from properties.tiers import STEPS, tiered

BOOKS = [b"\x01" * 32, b"\x02" * 32]
REGISTRY = 1
SERIALS = st.integers(1, 60)
LENGTHS = st.integers(1, 6)
MAX_STEPS = 16


class SerialRanges(RuleBasedStateMachine):
    """The model holds every claimed serial, and the start of every claimed range with its length."""

    @initialize()
    def deploy(self) -> None:
        self.contract: Any = load("tests/contracts/mocks/serial_ranges_harness.vy")
        self.taken: dict[bytes, set[int]] = {book: set() for book in BOOKS}
        self.starts: dict[bytes, list[int]] = {book: [] for book in BOOKS}
        self.lengths: dict[tuple[bytes, int], int] = {}
        # Books with a claim ever: they stay their registry's after the last release.

    def is_free(self, book: bytes, first: int, last: int) -> bool:
        return not self.taken[book] & set(range(first, last + 1))

    def below(self, book: bytes, first: int) -> int:
        """Start of the nearest claimed range that starts at or below `first`, 0 if there is none."""
        position = bisect_right(self.starts[book], first)
        return self.starts[book][position - 1] if position else 0

    def claim(self, book: bytes, first: int, last: int, hint: int) -> None:
        note(f"claim {first}..{last} of {book[:1].hex()}, hint {hint}")
        self.contract.claim(book, REGISTRY, first, last, hint)
        self.taken[book] |= set(range(first, last + 1))
        self.starts[book] = sorted([*self.starts[book], first])
        self.lengths[book, first] = last - first + 1

    def release(self, book: bytes, first: int, hint: int) -> None:
        note(f"release {first} of {book[:1].hex()}, hint {hint}")
        self.contract.release(book, first, hint)
        self.taken[book] -= set(range(first, first + self.lengths.pop((book, first))))
        self.starts[book].remove(first)

    @rule(book=st.sampled_from(BOOKS), first=SERIALS, length=LENGTHS)
    def claim_with_the_views_hint(self, book: bytes, first: int, length: int) -> None:
        last = first + length - 1
        hint = self.contract.hint_for(book, first)
        assert hint == self.below(book, first)
        if self.is_free(book, first, last):
            self.claim(book, first, last, hint)
        else:
            with boa.reverts("credits: serials are already claimed"):
                self.contract.claim(book, REGISTRY, first, last, hint)

    @rule(book=st.sampled_from(BOOKS), first=SERIALS, length=LENGTHS, hint=st.integers(0, 70))
    def claim_with_any_hint(self, book: bytes, first: int, length: int, hint: int) -> None:
        last = first + length - 1
        reason = self.reason_to_refuse(book, first, last, hint)
        if reason is None:
            self.claim(book, first, last, hint)
        else:
            with boa.reverts(reason):
                self.contract.claim(book, REGISTRY, first, last, hint)

    def reason_to_refuse(self, book: bytes, first: int, last: int, hint: int) -> str | None:
        """Why the contract must refuse the claim; None if it must accept it."""
        taken = None if self.is_free(book, first, last) else "credits: serials are already claimed"
        return self.reason_of_the_hint(book, first, hint) or taken

    def reason_of_the_hint(self, book: bytes, limit: int, hint: int) -> str | None:
        """Why the contract must refuse to search from `hint` for the last range up to `limit`."""
        if hint and hint not in self.starts[book]:
            return "credits: hint is not the start of a claimed range"
        if hint > limit:
            return "credits: hint is above the range"
        if sum(hint < start <= limit for start in self.starts[book]) > MAX_STEPS:
            return "credits: hint is too far below the range"
        return None

    @precondition(lambda self: self.lengths)
    @rule(data=st.data())
    def release_with_the_views_hint(self, data: st.DataObject) -> None:
        book, first = data.draw(st.sampled_from(sorted(self.lengths)))
        self.release(book, first, self.contract.hint_for(book, first - 1))

    @precondition(lambda self: self.lengths)
    @rule(data=st.data(), hint=st.integers(0, 70))
    def release_with_any_hint(self, data: st.DataObject, hint: int) -> None:
        book, first = data.draw(st.sampled_from(sorted(self.lengths)))
        # The range itself is no help: the one below it must be found.
        reason = self.reason_of_the_hint(book, first - 1, hint)
        if reason is None:
            self.release(book, first, hint)
        else:
            with boa.reverts(reason):
                self.contract.release(book, first, hint)

    @rule(book=st.sampled_from(BOOKS), first=SERIALS, length=st.integers(1, 20))
    def ask_whether_claimed(self, book: bytes, first: int, length: int) -> None:
        last = first + length - 1
        assert self.contract.is_claimed(book, first, last) is not self.is_free(book, first, last)

    @rule(book=st.sampled_from(BOOKS), first=SERIALS)
    def claim_for_another_registry(self, book: bytes, first: int) -> None:
        if self.starts[book]:
            with boa.reverts("credits: book belongs to another registry"):
                self.contract.claim(book, REGISTRY + 1, first, first, 0)

    @invariant()
    def count_the_step(self) -> None:
        STEPS[type(self).__name__] += 1

    @invariant()
    def every_serial_is_as_the_model_says(self) -> None:
        for book in BOOKS:
            highest = max(self.taken[book], default=0)
            assert self.contract.is_claimed(book, 1, 100) is bool(highest)
            assert not self.contract.is_claimed(book, highest + 1, 2**128 - 1)


TestSerialRanges = SerialRanges.TestCase
TestSerialRanges.settings = tiered(examples=20, steps=40)
