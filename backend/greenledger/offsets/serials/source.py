"""From serial numbers to the source that a retirement report names."""

from __future__ import annotations

from collections.abc import Sequence

from greenledger.evidence.hashing import keccak256
from greenledger.evidence.structs import Source
from greenledger.offsets.serials.serial_range import SerialRange, total_ug

SERIAL_RANGE = 1  # Source.kind of serials that back one certificate
SHARED_BLOCK = 3  # Source.kind of serials that back several certificates, up to their worth


class SerialsDisagree(ValueError):
    """Serials that are not worth what was retired; the text states both in µgCO2e."""


def source_of_serials(serials: SerialRange, *, shared: bool) -> Source:
    """The source of one range; `shared` if the registry retired it for several beneficiaries together."""
    book = keccak256(serials.book.encode())
    return Source(SHARED_BLOCK if shared else SERIAL_RANGE, book, serials.first, serials.last)


def check_quantity(ranges: Sequence[SerialRange], amount_ug: int, *, shared: bool) -> None:
    """Raises SerialsDisagree unless the serials are worth exactly `amount_ug`, or at least that if shared."""
    worth_ug = total_ug(ranges)
    if shared and not 1 <= amount_ug <= worth_ug:
        raise SerialsDisagree(
            f"amount_ug: found {amount_ug}, expected 1 to {worth_ug}, the worth of the block"
        )
    if not shared and amount_ug != worth_ug:
        raise SerialsDisagree(f"amount_ug: found {amount_ug}, expected {worth_ug}, the worth of the serials")
