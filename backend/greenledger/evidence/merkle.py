"""OpenZeppelin `standard-v1` Merkle trees: sorted leaves, sorted pairs, heap layout, proofs for one leaf."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from greenledger.evidence.hashing import keccak256

WORD = 32
_BITS = {"kind": 8, "version": 8, "low_ug": 72, "central_ug": 72, "high_ug": 72}


def workload_leaf(
    kind: int, version: int, workload_hash: bytes, low_ug: int, central_ug: int, high_ug: int
) -> bytes:
    """Leaf hash of one workload: keccak256 twice over abi.encode of (uint8, uint8, bytes32, uint72 x 3).

    `version` is that of the canonical form in which the hashed text is written. The second hash keeps a leaf
    from being taken for an inner node. Raises ValueError outside those types.
    """
    if len(workload_hash) != WORD:
        raise ValueError(f"workload_hash: {len(workload_hash)} bytes, expected {WORD}")
    # What is left of a value beyond its bits is not 0, for a negative one too. A loop over `_BITS` costs as
    # much as both hashes, and a large tree has a million leaves.
    if kind >> 8 or version >> 8 or low_ug >> 72 or central_ug >> 72 or high_ug >> 72:
        raise ValueError(_misfit(kind, version, low_ug, central_ug, high_ug))
    words = (
        kind.to_bytes(WORD),
        version.to_bytes(WORD),
        workload_hash,
        low_ug.to_bytes(WORD),
        central_ug.to_bytes(WORD),
        high_ug.to_bytes(WORD),
    )
    return keccak256(keccak256(b"".join(words)))


def _misfit(*values: int) -> str:
    fields = zip(_BITS.items(), values, strict=True)
    return "leaf: " + ", ".join(
        f"{name} {value} does not fit {bits} bits" for (name, bits), value in fields if value >> bits
    )


def _pair(a: bytes | bytearray, b: bytes | bytearray) -> bytes:
    return keccak256(a + b if a < b else b + a)


class StandardTree:
    """A tree over at least one 32-byte leaf hash. Indices are positions in the sequence given.

    Holds 68 bytes for each leaf. Raises ValueError for no leaves or a leaf of another length.
    """

    def __init__(self, leaves: Sequence[bytes]) -> None:
        if not leaves:
            raise ValueError("merkle: expected at least one leaf")
        if any(len(leaf) != WORD for leaf in leaves):
            raise ValueError(f"merkle: expected leaves of {WORD} bytes")
        count = len(leaves)
        # Sorted leaves fill the heap from its end, as in OpenZeppelin's library.
        order = sorted(range(count), key=leaves.__getitem__)
        order.reverse()
        positions = array("I", [0]) * count
        for position, index in enumerate(order, start=count - 1):
            positions[index] = position
        # One heap of words end to end: `count - 1` inner nodes, then the leaves.
        nodes = bytearray(WORD * (count - 1)) + b"".join([leaves[index] for index in order])
        for start in range(WORD * (count - 2), -1, -WORD):
            # The children of node i are 2i + 1 and 2i + 2.
            left = 2 * start + WORD
            right = left + WORD
            nodes[start : start + WORD] = _pair(nodes[left:right], nodes[right : right + WORD])
        self._nodes = nodes
        self._positions = positions

    def _word(self, position: int) -> bytes:
        return bytes(self._nodes[WORD * position : WORD * (position + 1)])

    @property
    def root(self) -> bytes:
        """Root hash; of a single leaf, the leaf itself."""
        return self._word(0)

    @property
    def nodes(self) -> memoryview:
        """All words end to end: the `count - 1` inner nodes from the root, then the leaves, descending."""
        return memoryview(self._nodes).toreadonly()

    def proof(self, index: int) -> list[bytes]:
        """Sibling hashes from leaf `index` up to the root; empty for a single leaf. Raises IndexError."""
        if not 0 <= index < len(self._positions):
            raise IndexError(f"merkle: no leaf {index}, expected 0 to {len(self._positions) - 1}")
        position = self._positions[index]
        siblings = []
        while position > 0:
            siblings.append(self._word(position + 1 if position % 2 else position - 1))
            position = (position - 1) // 2
        return siblings


def verify(root: bytes, leaf: bytes, proof: Iterable[bytes]) -> bool:
    """Whether `proof` leads from `leaf` to `root`."""
    node = leaf
    for sibling in proof:
        node = _pair(node, sibling)
    return node == root
