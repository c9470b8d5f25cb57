"""The Merkle tree of a batch in the database: parts of 512 hashes, of which a proof reads about a dozen.

The nodes are a heap, as in `greenledger.evidence.merkle`: the children of node i are 2i + 1 and 2i + 2, inner
nodes come first and then the leaves, which descend. Both are kept apart, so that a leaf is found by its hash.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.evidence.merkle import WORD
from greenledger.evidence.words import as_hex
from greenledger.usage import batch_nodes
from greenledger.usage.batch_nodes import INNER, LEAF
from greenledger.usage.models.batch import Batch

PART = 512  # hashes: 16 KiB
PARTS_AT_ONCE = 256


async def store_tree(session: AsyncSession, batch: Batch, file: Path, count: int) -> None:
    """Stores the nodes of a tree of `count` leaves from a file, in place of what is there."""
    await batch_nodes.drop_nodes(session, batch)
    rows: list[dict[str, Any]] = []
    for row in _parts(file, count):
        rows.append(row)
        if len(rows) == PARTS_AT_ONCE:
            await batch_nodes.add_nodes(session, batch, rows)
            rows = []
    if rows:
        await batch_nodes.add_nodes(session, batch, rows)


def _parts(file: Path, count: int) -> Iterator[dict[str, Any]]:
    with file.open("rb") as nodes:
        for kind, words in ((INNER, count - 1), (LEAF, count)):
            for first in range(0, words, PART):
                hashes = nodes.read(WORD * min(PART, words - first))
                yield {
                    "kind": kind,
                    "part": first // PART,
                    "first": as_hex(hashes[:WORD]),
                    "hashes": hashes,
                }


async def proof_of(
    session: AsyncSession, account: str, batch_id: str, count: int, leaf: bytes
) -> list[bytes] | None:
    """Sibling hashes from a leaf up to the root of a tree of `count` leaves; None if it is no leaf of it."""
    found = await batch_nodes.leaf_part(session, account, batch_id, as_hex(leaf))
    index = None if found is None else _index_in(found[1], leaf)
    if found is None or index is None:
        return None
    siblings = list(_siblings(count - 1 + PART * found[0] + index))
    places = [_place(position, count) for position in siblings]
    parts: dict[tuple[str, int], bytes] = {}
    for kind in (INNER, LEAF):
        wanted = {part for of_kind, part, _ in places if of_kind == kind}
        of_kind = await batch_nodes.parts_of_tree(session, account, batch_id, kind, wanted)
        parts |= {(kind, part): hashes for part, hashes in of_kind.items()}
    return [parts[kind, part][WORD * at : WORD * (at + 1)] for kind, part, at in places]


def _index_in(hashes: bytes, leaf: bytes) -> int | None:
    words = range(0, len(hashes), WORD)
    return next((at // WORD for at in words if hashes[at : at + WORD] == leaf), None)


def _siblings(position: int) -> Iterator[int]:
    while position > 0:
        yield position + 1 if position % 2 else position - 1
        position = (position - 1) // 2


def _place(position: int, count: int) -> tuple[str, int, int]:
    """Kind, part and place within it of a node of the heap."""
    kind, word = (INNER, position) if position < count - 1 else (LEAF, position - count + 1)
    return kind, word // PART, word % PART
