"""Texts that others wrote, made safe to hand to a model: nothing unseen, one line, bounded.

What such a text says is still the stranger's: it only ever stands in a field of its own, never in a sentence
of ours.
"""

from __future__ import annotations

import unicodedata

MOST_CHARACTERS = 200
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def shown(text: object, most: int = MOST_CHARACTERS) -> str:
    """At most `most` characters; what is not seen or turns the direction of reading stands as [U+...]."""
    whole = unicodedata.normalize("NFC", str(text)[: 4 * most])
    seen = "".join(
        f"[U+{ord(character):04X}]" if unicodedata.category(character) in _UNSEEN else character
        for character in whole
    )
    line = " ".join(seen.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
