"""The Merkle tree over the rows of a factor set: its root names the set, a proof shows that a row is in it.

Rows are in key order. A leaf is keccak256(0x00 || canonical row), a node keccak256(0x01 || left || right);
pairs are taken left to right, an odd last node moves up unchanged. Prefixes keep leaves and nodes apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from greenledger.evidence.hashing import keccak256

_LEAF = b"\x00"
_NODE = b"\x01"


class RowProof(NamedTuple):
    """Siblings from the leaf up. Bit i of `left` is set where sibling i stands left of the node."""

    siblings: tuple[bytes, ...]
    left: int

    def root(self, row: bytes) -> bytes:
        """The root that the canonical row and this proof give."""
        node = keccak256(_LEAF + row)
        for level, sibling in enumerate(self.siblings):
            pair = sibling + node if self.left >> level & 1 else node + sibling
            node = keccak256(_NODE + pair)
        return node


class FactorTree:
    """Levels from the leaves up to the root. Raises ValueError without rows."""

    def __init__(self, rows: Sequence[bytes]) -> None:
        if not rows:
            raise ValueError("factor tree: expected at least one row")
        level = [keccak256(_LEAF + row) for row in rows]
        self._levels = [level]
        while len(level) > 1:
            pairs = zip(level[::2], level[1::2], strict=False)
            odd = level[-1:] if len(level) % 2 else []
            level = [keccak256(_NODE + left + right) for left, right in pairs] + odd
            self._levels.append(level)

    @property
    def root(self) -> bytes:
        return self._levels[-1][0]

    def proof(self, index: int) -> RowProof:
        """The proof of the row at this position. Raises IndexError if there is none."""
        if not 0 <= index < len(self._levels[0]):
            raise IndexError(f"factor tree: no row {index} of {len(self._levels[0])}")
        siblings: list[bytes] = []
        left = 0
        for level in self._levels[:-1]:
            sibling = index ^ 1
            if sibling < len(level):  # an odd last node has none
                left |= (index & 1) << len(siblings)
                siblings.append(level[sibling])
            index //= 2
        return RowProof(tuple(siblings), left)


@lru_cache(maxsize=8)
def factor_tree(rows: tuple[bytes, ...]) -> FactorTree:
    """The tree of `FactorSet.canonical_rows`, made once for each set."""
    return FactorTree(rows)
