"""Reading a text of serial numbers into ranges. What is not understood as a whole is refused."""

from __future__ import annotations

import re
import unicodedata

from greenledger.offsets.serials.formats import FORMATS, Format
from greenledger.offsets.serials.serial_range import HIGHEST_SERIAL, SerialRange, overlapping

LONGEST_TEXT = 20_000
MOST_RANGES = 200
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100  # before the first credits, and after anything that is sold today

# Hyphens and dashes of all lengths, the minus sign, full-width forms; an ellipsis and an arrow for "to".
_SPELLINGS = dict.fromkeys((*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D), "-") | {
    0x2026: "..",
    0x2192: "..",
}
_TO = re.compile(r"(?<=\d)\s*(?:TO|\.{2,3})\s*(?=\d)")  # between numbers only: TO is Tonga too
_AROUND_JOINTS = re.compile(r"\s*([-_])\s*")
_BETWEEN_RANGES = re.compile(r"[\n;,|]")


class SerialsNotUnderstood(ValueError):
    """A text that is not serial numbers: `field` says where, `found` what stands there instead."""

    def __init__(self, field: str, found: str, expected: str) -> None:
        self.field = field
        self.found = found[:120]
        self.expected = expected
        super().__init__(f"{field}: found {self.found!r}, expected {expected}")


def read_serials(text: str, registry: str | None = None) -> tuple[SerialRange, ...]:
    """The ranges in a text, in its order; between them a line break, `;`, `,` or `|`.

    `registry` (vcs, gs, puro, isometric, acr or car) refuses ranges of any other. Any dash, "to" and ".." may
    stand between numbers, and letters may be small. Raises SerialsNotUnderstood, also if a serial is in two.
    """
    if len(text) > LONGEST_TEXT:
        raise SerialsNotUnderstood("serials", f"{len(text)} characters", f"at most {LONGEST_TEXT}")
    pieces = [piece for piece in (part.strip() for part in _BETWEEN_RANGES.split(_plain(text))) if piece]
    if not 1 <= len(pieces) <= MOST_RANGES:
        raise SerialsNotUnderstood("serials", f"{len(pieces)} ranges", f"1 to {MOST_RANGES}")
    ranges = tuple(
        _range(piece, f"serials[{index}]" if len(pieces) > 1 else "serials", registry)
        for index, piece in enumerate(pieces)
    )
    if (pair := overlapping(ranges)) is not None:
        raise SerialsNotUnderstood("serials", f"{pair[0].text} and {pair[1].text}", "each serial once")
    return ranges


def _plain(text: str) -> str:
    """One kind of dash, one kind of space; what could pass for another character or for none is refused."""
    plain = text.replace("\r\n", "\n").replace("\t", " ").translate(_SPELLINGS)
    plain = "".join(" " if unicodedata.category(character) == "Zs" else character for character in plain)
    for character in plain:
        if character != "\n" and not " " <= character <= "~":
            raise SerialsNotUnderstood(
                "serials", f"U+{ord(character):04X}", "ASCII letters, digits and signs"
            )
    return plain


def _range(piece: str, field: str, registry: str | None) -> SerialRange:
    spelling = _AROUND_JOINTS.sub(r"\1", _TO.sub("~", piece.upper()))
    known = _format_of(spelling, piece, field)
    if registry is not None and known.registry != registry:
        raise SerialsNotUnderstood(field, piece, f"serials of {registry}, not of {known.registry}")
    match = known.whole.fullmatch(spelling)
    if match is None:
        raise SerialsNotUnderstood(field, piece, known.expected)
    try:
        found = known.build(match)
    except ValueError as error:
        raise SerialsNotUnderstood(field, piece, f"{known.expected} ({error})") from error
    return _checked(found, piece, field)


def _format_of(spelling: str, piece: str, field: str) -> Format:
    for known in FORMATS:
        if known.begins.match(spelling):
            return known
    formats = "; ".join(known.expected for known in FORMATS)
    raise SerialsNotUnderstood(field, piece, f"one of: {formats}")


def _checked(found: SerialRange, piece: str, field: str) -> SerialRange:
    if not 1 <= found.first <= found.last <= HIGHEST_SERIAL:
        raise SerialsNotUnderstood(field, piece, "numbers with 1 <= first <= last < 2^128")
    years = [year for year in (found.vintage_first, found.vintage) if year is not None]
    if any(not EARLIEST_YEAR <= year <= LATEST_YEAR for year in years) or years != sorted(years):
        raise SerialsNotUnderstood(field, piece, f"years from {EARLIEST_YEAR} to {LATEST_YEAR}, in order")
    return found
