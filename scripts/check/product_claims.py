"""Wording that would make coverage a claim about a product, in what people read (Directive (EU) 2024/825)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from greenledger.offsets.claims import claims_in

READ_BY_PEOPLE = {"backend", "contracts", "docs", "frontend", "README.md"}
TEXTS = {".css", ".html", ".json", ".md", ".py", ".sol", ".svg", ".ts", ".tsx", ".vy", ".vyi", ".webmanifest"}
RULE = Path("backend/greenledger/offsets/claims.py")  # has to name what it looks for


def product_claims(path: Path, text: str) -> Iterator[tuple[int, str]]:
    """Line and finding for each claim in a tracked file; nothing for files that nobody reads."""
    if path.parts[0] in READ_BY_PEOPLE and path.suffix in TEXTS and path != RULE:
        for number, line in enumerate(text.splitlines(), start=1):
            yield from ((number, f"claims {phrase!r}: state a number instead") for phrase in claims_in(line))
