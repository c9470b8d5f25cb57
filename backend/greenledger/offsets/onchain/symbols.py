"""A token's own word for itself, made safe to show."""

from __future__ import annotations

import unicodedata

MOST_CHARACTERS = 24


def readable_symbol(symbol: str | None, token: str) -> str:
    """The symbol in NFC without what is not seen or moves its surroundings; the address if nothing is left.

    Controls, directions, private use, line separators and combining marks go; at most 24 characters stay.
    """
    # Cut first: a hostile token may give thousands of characters to normalise.
    text = unicodedata.normalize("NFC", (symbol or "")[: 8 * MOST_CHARACTERS])
    seen = "".join(character for character in text if not _is_unseen(unicodedata.category(character)))
    words = " ".join(seen.split())
    if not words:
        return f"{token[:6]}…{token[-4:]}"
    return words if len(words) <= MOST_CHARACTERS else f"{words[:MOST_CHARACTERS]}…"


def _is_unseen(category: str) -> bool:
    return category[0] in "CM" or category in {"Zl", "Zp"}
