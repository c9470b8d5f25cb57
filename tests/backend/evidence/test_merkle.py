"""Merkle trees against trees made with OpenZeppelin's own library, and their properties."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from eth_abi.abi import encode
from hypothesis import given
from hypothesis import strategies as st

from greenledger.evidence.hashing import keccak256
from greenledger.evidence.merkle import StandardTree, verify, workload_leaf

DATA = json.loads((Path(__file__).parent / "data" / "openzeppelin_trees.json").read_text(encoding="utf-8"))
TREES: list[dict[str, Any]] = DATA["trees"]
# Root of 1,000 leaves that `many_leaves` describes, from the same library.
ROOT_OF_MANY = "f5fba1cd992b0c2a4887423c7539445e5278ba27e539e647ded87c0f763c992d"
leaf_lists = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40)


def from_hex(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))


def many_leaves() -> list[bytes]:
    return [
        workload_leaf(1 + i % 3, 1, i.to_bytes(32), 1_000_000 * i, 2_000_000 * i, 3_000_000 * i)
        for i in range(1_000)
    ]


@pytest.mark.parametrize("tree", TREES, ids=[f"{len(tree['leaves'])} leaves" for tree in TREES])
def test_tree__of_openzeppelin__has_the_same_leaves_root_and_proofs(tree: dict[str, Any]) -> None:
    leaves = []
    for leaf in tree["leaves"]:
        kind, version, hashed, low, central, high = leaf["values"]
        integers = int(low), int(central), int(high)
        leaves.append(workload_leaf(int(kind), int(version), from_hex(hashed), *integers))
    ours = StandardTree(leaves)

    assert leaves == [from_hex(leaf["hash"]) for leaf in tree["leaves"]]
    assert ours.root == from_hex(tree["root"])
    for index, leaf in enumerate(tree["leaves"]):
        assert ours.proof(index) == [from_hex(sibling) for sibling in leaf["proof"]]


def test_tree__of_a_thousand_leaves__has_the_root_of_openzeppelin_and_a_proof_for_each() -> None:
    leaves = many_leaves()
    tree = StandardTree(leaves)

    assert tree.root.hex() == ROOT_OF_MANY
    assert all(verify(tree.root, leaf, tree.proof(index)) for index, leaf in enumerate(leaves))


def test_leaf__of_a_workload__is_the_double_hash_of_its_abi_encoding() -> None:
    values = (3, 1, b"\x07" * 32, 1, 2, 2**72 - 1)
    encoded = encode(["uint8", "uint8", "bytes32", "uint72", "uint72", "uint72"], values)

    assert workload_leaf(*values) == keccak256(keccak256(encoded))


@pytest.mark.parametrize(
    "values",
    [
        (256, 1, bytes(32), 0, 0, 0),
        (1, 256, bytes(32), 0, 0, 0),
        (1, -1, bytes(32), 0, 0, 0),
        (1, 1, bytes(31), 0, 0, 0),
        (1, 1, bytes(32), 0, 0, 2**72),
        (1, 1, bytes(32), -1, 0, 0),
    ],
)
def test_leaf__outside_its_types__is_refused(values: tuple[int, int, bytes, int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"leaf|workload_hash"):
        workload_leaf(*values)


def test_leaf__with_values_too_large__is_refused_with_the_name_of_each() -> None:
    with pytest.raises(ValueError, match=r"^leaf: version 300 .* 8 bits, high_ug -1 .* 72 bits$"):
        workload_leaf(255, 300, bytes(32), 0, 2**72 - 1, -1)


@given(leaf_lists)
def test_proof__of_every_leaf__leads_to_the_root(leaves: list[bytes]) -> None:
    tree = StandardTree(leaves)

    for index, leaf in enumerate(leaves):
        assert verify(tree.root, leaf, tree.proof(index))


@given(leaf_lists, st.binary(min_size=32, max_size=32))
def test_proof__of_another_leaf__does_not_lead_to_the_root(leaves: list[bytes], other: bytes) -> None:
    tree = StandardTree(leaves)

    assert verify(tree.root, other, tree.proof(0)) == (other == leaves[0] or _is_sibling(tree, other))


def _is_sibling(tree: StandardTree, other: bytes) -> bool:
    # With one sibling, the sibling's own proof is the first leaf: equal leaves or twins verify both ways.
    proof = tree.proof(0)
    return verify(tree.root, other, proof) and len(proof) > 0 and other == proof[0]


@given(leaf_lists, st.randoms(use_true_random=False))
def test_root__of_the_leaves_in_any_order__is_the_same(leaves: list[bytes], random: Any) -> None:
    shuffled = list(leaves)
    random.shuffle(shuffled)

    assert StandardTree(shuffled).root == StandardTree(leaves).root


def test_tree__without_leaves_or_with_short_ones__is_refused() -> None:
    with pytest.raises(ValueError, match="at least one leaf"):
        StandardTree([])
    with pytest.raises(ValueError, match="32 bytes"):
        StandardTree([b"\x00" * 31])


def test_proof__of_a_leaf_that_is_not_there__is_an_error() -> None:
    with pytest.raises(IndexError):
        StandardTree([bytes(32)]).proof(1)
    with pytest.raises(IndexError):
        StandardTree([bytes(32)]).proof(-1)
