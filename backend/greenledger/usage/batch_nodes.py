"""The hashes of a batch's Merkle tree, in parts; see `greenledger.batches.tree` for what is in which."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.models.batch import Batch, BatchNodes

INNER, LEAF = "inner", "leaf"  # kinds of nodes


async def drop_nodes(session: AsyncSession, batch: Batch) -> None:
    mine = (BatchNodes.account == batch.account, BatchNodes.batch_id == batch.id)
    await session.execute(delete(BatchNodes).where(*mine))


async def add_nodes(session: AsyncSession, batch: Batch, nodes: Sequence[dict[str, Any]]) -> None:
    """Stores parts of a batch's tree: at least one, each with its kind, part, first hash and hashes."""
    whose = {"account": batch.account, "batch_id": batch.id}
    await session.execute(insert(BatchNodes), [whose | node for node in nodes])


async def parts_of_tree(
    session: AsyncSession, account: str, batch_id: str, kind: str, parts: Collection[int]
) -> dict[int, bytes]:
    statement = select(BatchNodes.part, BatchNodes.hashes).where(
        BatchNodes.account == account,
        BatchNodes.batch_id == batch_id,
        BatchNodes.kind == kind,
        BatchNodes.part.in_(parts),
    )
    return {part: hashes for part, hashes in await session.execute(statement)}


async def leaf_part(
    session: AsyncSession, account: str, batch_id: str, leaf: str
) -> tuple[int, bytes] | None:
    """The part of the leaves, which descend, that holds a leaf (0x, 64 hex digits) if any does."""
    statement = (
        select(BatchNodes.part, BatchNodes.hashes)
        .where(
            BatchNodes.account == account,
            BatchNodes.batch_id == batch_id,
            BatchNodes.kind == LEAF,
            BatchNodes.first >= leaf,
        )
        .order_by(BatchNodes.part.desc())
        .limit(1)
    )
    found = (await session.execute(statement)).one_or_none()
    return None if found is None else (found[0], found[1])
