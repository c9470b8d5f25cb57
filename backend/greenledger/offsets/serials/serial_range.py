"""A run of serial numbers of one registry's book, and what can be asked of several of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

UG_PER_TONNE = 10**12
UG_PER_KG = 10**9
HIGHEST_SERIAL = 2**128 - 1  # the contract keeps a range in one word


@dataclass(frozen=True)
class SerialRange:
    """Serials `first` to `last`, both included, 1 to 2^128 - 1, each worth `unit_ug` µgCO2e.

    `book` names the numbering that the serials belong to: two ranges can only meet within one book. `project`
    and the two years are None where the registry's text does not tell them; the years differ where one
    monitoring period runs over new year. `form` is the registry's own spelling with places for the numbers.
    """

    registry: str
    book: str
    first: int
    last: int
    project: str | None
    vintage_first: int | None
    vintage: int | None
    unit_ug: int
    form: str

    @property
    def text(self) -> str:
        """The range as the registry writes it, in one spelling."""
        return self.form.format(first=self.first, last=self.last)

    @property
    def count(self) -> int:
        """How many serials there are."""
        return self.last - self.first + 1

    def quantity_ug(self) -> int:
        """What the serials are worth together, µgCO2e."""
        return self.count * self.unit_ug

    def covers_vintage(self, year: int) -> bool:
        """Whether the text allows credits of `year`; True where it tells no year."""
        if self.vintage is None or self.vintage_first is None:
            return True
        return self.vintage_first <= year <= self.vintage

    def overlaps(self, other: SerialRange) -> bool:
        """Whether at least one serial is in both."""
        same_book = (self.registry, self.book) == (other.registry, other.book)
        return same_book and self.first <= other.last and other.first <= self.last


def overlapping(ranges: Iterable[SerialRange]) -> tuple[SerialRange, SerialRange] | None:
    """Two of the ranges that share a serial, or None."""
    for below, above in pairwise(_in_order(ranges)):
        if below.overlaps(above):
            return below, above
    return None


def joined(ranges: Iterable[SerialRange]) -> tuple[SerialRange, ...]:
    """The same serials in as few ranges as possible: what follows on without a gap becomes one."""
    result: list[SerialRange] = []
    for following in _in_order(ranges):
        last = result[-1] if result else None
        if last is not None and last.form == following.form and last.last + 1 == following.first:
            result[-1] = replace(last, last=following.last)
        else:
            result.append(following)
    return tuple(result)


def certified_text(printed: Sequence[str], ranges: Sequence[SerialRange]) -> str:
    """The serials of a certificate: as printed, or in our one spelling where `joined` makes them fewer.

    A certificate has room for one range, not for all the pieces of it that a registry may print.
    """
    whole = joined(ranges)
    return ", ".join(printed if len(whole) == len(ranges) else (one.text for one in whole))


def total_ug(ranges: Sequence[SerialRange]) -> int:
    """What all ranges are worth together, µgCO2e; meaningful only if none overlap."""
    return sum(one.quantity_ug() for one in ranges)


def _in_order(ranges: Iterable[SerialRange]) -> list[SerialRange]:
    return sorted(ranges, key=lambda one: (one.registry, one.book, one.first, one.last))
