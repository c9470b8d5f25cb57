"""What the build refuses, so that a published set can be read by everyone who must read it.

The contract that recomputes a footprint writes a row's canonical JSON from its fields and hashes it. So texts
must need no JSON escape, and texts and numbers are as long as its types allow.
"""

from __future__ import annotations

from collections.abc import Iterator

from scripts.factors.notice import LICENCES, Sources
from scripts.factors.rows import Row

MOST_BYTES = {"key": 80, "unit": 20, "source_id": 40, "licence": 40, "evidence": 200}
VALUES_BELOW = 2**120  # leaves room for the products of the model in 256 bits


def text_faults(row: Row) -> Iterator[str]:
    for name, most in MOST_BYTES.items():
        text = row[name]
        size = len(text.encode())
        if not text and name != "licence":  # the licence is its source's, which is checked once, there
            yield f"{name} is empty"
        if size > most:
            yield f"{name} has {size} bytes of UTF-8, at most {most} fit"
        if not text.isprintable() or '"' in text or "\\" in text:
            yield f"{name} holds a quote, backslash or character that cannot be printed: {text!a}"


def number_faults(row: Row) -> Iterator[str]:
    low, central, high = (int(row[name]) for name in ("low", "central", "high"))
    if not 0 <= low <= central <= high:
        yield f"expected 0 <= low <= central <= high, got {low}, {central}, {high}"
    if high >= VALUES_BELOW:
        yield f"high is {high}, expected less than 2**120"
    if not 2000 <= int(row["year"]) <= 2100:
        yield f"year is {row['year']}, expected one of this century"


def faults(rows: list[Row], sources: Sources) -> Iterator[str]:
    """What is wrong with the rows and with the sources they name, in words; nothing if all is well."""
    seen: set[str] = set()
    for row in rows:
        if row["key"] in seen:
            yield f"{row['key']}: stands twice"
        seen.add(row["key"])
        for fault in (*text_faults(row), *number_faults(row)):
            yield f"{row['key']}: {fault}"
    used = {row["source_id"] for row in rows}
    yield from (f"source {name}: used by a row, not in sources.csv" for name in sorted(used - set(sources)))
    yield from (f"source {name}: in sources.csv, used by no row" for name in sorted(set(sources) - used))
    for name, source in sorted(sources.items()):
        yield from (f"source {name}: {column} is empty" for column, text in source.items() if not text)
        if source["licence"] not in LICENCES:
            yield f"source {name}: licence {source['licence']!r} is none of {', '.join(LICENCES)}"
