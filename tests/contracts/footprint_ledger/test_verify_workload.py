"""`verify_workload`: one workload's integers are proven against the root of a recorded report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from eth_abi import encode
from eth_utils import keccak
from reports import Footprints, Signed

Workload = tuple[int, int, bytes, int, int, int]
WORKLOADS: list[Workload] = [(1 + n % 3, 1, keccak(text=f"workload {n}"), n, 2 * n, 3 * n) for n in range(5)]


def leaf_of(workload: Workload) -> bytes:
    types = ["uint8", "uint8", "bytes32", "uint72", "uint72", "uint72"]
    return keccak(keccak(encode(types, list(workload))))


def tree_of(leaves: list[bytes]) -> list[bytes]:
    """OpenZeppelin's standard-v1 layout: a heap that ends with the leaves, in descending order of hash."""
    tree = [b""] * (len(leaves) - 1) + sorted(leaves, reverse=True)
    for at in range(len(leaves) - 2, -1, -1):
        tree[at] = keccak(b"".join(sorted([tree[2 * at + 1], tree[2 * at + 2]])))
    return tree


def proof_of(tree: list[bytes], leaf: bytes) -> list[bytes]:
    at, proof = tree.index(leaf), []
    while at:
        proof.append(tree[at + 1 if at % 2 else at - 1])
        at = (at - 1) // 2
    return proof


TREE = tree_of([leaf_of(workload) for workload in WORKLOADS])


@pytest.fixture
def batch(recorded: Callable[..., Signed], alice: Any) -> Signed:
    """A recorded report over the five workloads."""
    return recorded(alice, root=TREE[0], count=len(WORKLOADS))


@pytest.mark.parametrize("workload", WORKLOADS)
def test_verify_workload__each_of_a_batch__is_true(ledger: Any, batch: Signed, workload: Workload) -> None:
    assert ledger.verify_workload(batch.report, *workload, proof_of(TREE, leaf_of(workload)))


def test_verify_workload__the_only_one__needs_no_proof(
    ledger: Any, recorded: Callable[..., Signed], alice: Any
) -> None:
    single = recorded(alice, root=leaf_of(WORKLOADS[1]))
    assert ledger.verify_workload(single.report, *WORKLOADS[1], [])


@pytest.mark.parametrize("position", range(6))
def test_verify_workload__any_other_integer__is_false(ledger: Any, batch: Signed, position: int) -> None:
    workload: list[Any] = list(WORKLOADS[2])
    workload[position] = keccak(b"other") if position == 2 else workload[position] + 1
    assert not ledger.verify_workload(batch.report, *workload, proof_of(TREE, leaf_of(WORKLOADS[2])))


def test_verify_workload__of_a_later_version__is_true_of_that_version_alone(
    ledger: Any, recorded: Callable[..., Signed], alice: Any
) -> None:
    kind, _, *rest = WORKLOADS[1]
    single = recorded(alice, root=leaf_of((kind, 2, *rest)))
    assert ledger.verify_workload(single.report, kind, 2, *rest, [])
    assert not ledger.verify_workload(single.report, kind, 1, *rest, [])


def test_verify_workload__proof_of_another_leaf__is_false(ledger: Any, batch: Signed) -> None:
    assert not ledger.verify_workload(batch.report, *WORKLOADS[2], proof_of(TREE, leaf_of(WORKLOADS[3])))


def test_verify_workload__report_not_recorded__is_false(
    ledger: Any, footprints: Footprints, alice: Any, now: int
) -> None:
    signed = footprints.make(alice, now, root=TREE[0])
    assert not ledger.verify_workload(signed.report, *WORKLOADS[0], proof_of(TREE, leaf_of(WORKLOADS[0])))


def test_verify_workload__report_superseded__is_false(
    ledger: Any, batch: Signed, recorded: Callable[..., Signed], alice: Any
) -> None:
    recorded(alice, supersedes=batch.footprint_hash)
    assert not ledger.verify_workload(batch.report, *WORKLOADS[0], proof_of(TREE, leaf_of(WORKLOADS[0])))


def test_verify_workload__report_of_another_account__is_false(ledger: Any, batch: Signed, bob: Any) -> None:
    strangers = batch.report | {"account": bob.address}
    assert not ledger.verify_workload(strangers, *WORKLOADS[0], proof_of(TREE, leaf_of(WORKLOADS[0])))
