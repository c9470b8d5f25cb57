"""A tree in the database gives the same proofs as one in memory."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from greenledger.batches.tree import PART, proof_of, store_tree
from greenledger.evidence.merkle import StandardTree, verify
from greenledger.usage.database import Database
from greenledger.usage.models.batch import Batch

ACCOUNT = "0x" + "11" * 20


@pytest.mark.parametrize("count", [1, 2, 3, PART - 1, PART, PART + 1, 2 * PART, 2 * PART + 1, 5 * PART + 7])
async def test_proof_of__stored_tree__is_what_the_tree_in_memory_gives(
    database: Database, tmp_path: Path, count: int
) -> None:
    chance = random.Random(count)
    leaves = [chance.randbytes(32) for _ in range(count)]
    tree, file = StandardTree(leaves), tmp_path / "tree"
    file.write_bytes(tree.nodes)
    batch = Batch(
        account=ACCOUNT, id=f"{count:032x}", state="built", ended_from=0, ended_before=1, most=count
    )
    for name, value in {"last_id": "", "cursor": "", "workloads": count, "done": 0}.items():
        setattr(batch, name, value)
    batch.attempts, batch.created_at = 0, 0
    async with database.transaction() as session:
        session.add(batch)
    for _ in range(2):  # a second time in place of the first
        async with database.transaction() as session:
            await store_tree(session, batch, file, count)
    edges = {0, count - 1, *(chance.randrange(count) for _ in range(20))}
    async with database.transaction() as session:
        for index in edges:
            found = await proof_of(session, ACCOUNT, batch.id, count, leaves[index])
            assert found == tree.proof(index) and verify(tree.root, leaves[index], found)
        for strange in (bytes(32), b"\xff" * 32, chance.randbytes(32)):
            assert await proof_of(session, ACCOUNT, batch.id, count, strange) is None
