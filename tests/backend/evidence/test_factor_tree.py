"""The tree over the rows of a factor set: every row is proven, no other is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenledger.evidence.factor_tree import FactorTree, RowProof, factor_tree
from greenledger.evidence.hashing import keccak256
from greenledger.evidence.methodology import factor_root
from greenledger.footprint.factors import load_factor_set, published_sets


def leaf(row: bytes) -> bytes:
    return keccak256(b"\x00" + row)


def node(left: bytes, right: bytes) -> bytes:
    return keccak256(b"\x01" + left + right)


def test_root__of_three_rows__moves_the_odd_one_up() -> None:
    a, b, c = leaf(b"a"), leaf(b"b"), leaf(b"c")
    tree = FactorTree([b"a", b"b", b"c"])

    assert tree.root == node(node(a, b), c)
    assert tree.proof(0) == RowProof((b, c), 0b00)
    assert tree.proof(1) == RowProof((a, c), 0b01)
    assert tree.proof(2) == RowProof((node(a, b),), 0b1)


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=70, unique=True))
def test_proof__of_any_row_in_a_set_of_any_size__gives_the_root(rows: list[bytes]) -> None:
    tree = FactorTree(rows)

    for index, row in enumerate(rows):
        assert tree.proof(index).root(row) == tree.root
        assert tree.proof(index).root(row + b"!") != tree.root


@given(st.lists(st.binary(max_size=8), min_size=2, max_size=70, unique=True), st.data())
def test_proof__with_another_side__gives_another_root(rows: list[bytes], data: st.DataObject) -> None:
    tree = FactorTree(rows)
    index = data.draw(st.integers(0, len(rows) - 1))
    proof = tree.proof(index)
    level = data.draw(st.integers(0, len(proof.siblings) - 1))

    assert RowProof(proof.siblings, proof.left ^ 1 << level).root(rows[index]) != tree.root


@pytest.mark.parametrize("index", [-1, 2])
def test_proof__of_a_row_that_is_not_there__is_refused(index: int) -> None:
    with pytest.raises(IndexError, match="of 2"):
        FactorTree([b"a", b"b"]).proof(index)


def test_tree__without_rows__is_refused() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        FactorTree([])


@pytest.mark.parametrize("set_id", published_sets())
def test_published_set__every_row__is_proven_in_at_most_16_steps(set_id: str) -> None:
    rows = load_factor_set(set_id).canonical_rows
    tree = factor_tree(rows)

    assert tree.root == factor_root(load_factor_set(set_id))
    for index, row in enumerate(rows):
        proof = tree.proof(index)
        assert len(proof.siblings) <= 16
        assert proof.root(row) == tree.root
