"""OpenZeppelin `standard-v1` Merkle trees: sorted leaves, sorted pairs, heap layout, proofs for one leaf."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from greenledger.evidence.hashing import keccak256

WORD = 32
_BITS = (8, 8, 256, 72, 72, 72)


def workload_leaf(
    kind: int, version: int, workload_hash: bytes, low_ug: int, central_ug: int, high_ug: int
) -> bytes:
    """Leaf hash of one workload: keccak256 twice over abi.encode of (uint8, uint8, bytes32, uint72 x 3).

    `version` is that of the canonical form in which the hashed text is written. The second hash keeps a leaf
    from being taken for an inner node. Raises ValueError outside those types.
    """
    if len(workload_hash) != WORD:
        raise ValueError(f"workload_hash: {len(workload_hash)} bytes, expected {WORD}")
    words = (kind, version, int.from_bytes(workload_hash), low_ug, central_ug, high_ug)
    for value, bits in zip(words, _BITS, strict=True):
        if not 0 <= value < 2**bits:
            raise ValueError(f"leaf: {value} does not fit {bits} bits")
    return keccak256(keccak256(b"".join(value.to_bytes(WORD) for value in words)))


def _pair(a: bytes, b: bytes) -> bytes:
    return keccak256(a + b if a < b else b + a)


class StandardTree:
    """A tree over at least one 32-byte leaf hash. Indices are positions in the sequence given.

    Raises ValueError for no leaves or a leaf of another length.
    """

    def __init__(self, leaves: Sequence[bytes]) -> None:
        if not leaves:
            raise ValueError("merkle: expected at least one leaf")
        if any(len(leaf) != WORD for leaf in leaves):
            raise ValueError(f"merkle: expected leaves of {WORD} bytes")
        size = 2 * len(leaves) - 1
        nodes = [b""] * size
        positions = [0] * len(leaves)
        # Sorted leaves fill the heap from its end, as in OpenZeppelin's library.
        for rank, index in enumerate(sorted(range(len(leaves)), key=leaves.__getitem__)):
            positions[index] = size - 1 - rank
            nodes[size - 1 - rank] = leaves[index]
        for node in range(size - 1 - len(leaves), -1, -1):
            nodes[node] = _pair(nodes[2 * node + 1], nodes[2 * node + 2])
        self._nodes = nodes
        self._positions = positions

    @property
    def root(self) -> bytes:
        """Root hash; of a single leaf, the leaf itself."""
        return self._nodes[0]

    def proof(self, index: int) -> list[bytes]:
        """Sibling hashes from leaf `index` up to the root; empty for a single leaf. Raises IndexError."""
        if not 0 <= index < len(self._positions):
            raise IndexError(f"merkle: no leaf {index}, expected 0 to {len(self._positions) - 1}")
        position = self._positions[index]
        siblings = []
        while position > 0:
            siblings.append(self._nodes[position + 1 if position % 2 else position - 1])
            position = (position - 1) // 2
        return siblings


def verify(root: bytes, leaf: bytes, proof: Iterable[bytes]) -> bool:
    """Whether `proof` leads from `leaf` to `root`."""
    node = leaf
    for sibling in proof:
        node = _pair(node, sibling)
    return node == root
