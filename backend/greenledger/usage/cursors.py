"""How far a chain was followed. `contracts` names the set of contracts whose events are followed."""

from __future__ import annotations

from sqlalchemy import delete, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.insertion import insert_if_absent
from greenledger.usage.models.chain_event import ChainBlock, ChainCursor, ChainEvent

KEPT = 256  # earlier places of the cursor; blocks with events are known as long as their events

Place = tuple[int, str]
"""Number and hash of a block."""


async def get_cursor(session: AsyncSession, chain_id: int, contracts: str) -> Place | None:
    found = await session.get(ChainCursor, (chain_id, contracts))
    return None if found is None else (found.number, found.hash)


async def move_cursor(
    session: AsyncSession, chain_id: int, contracts: str, seen: Place | None, to: Place | None
) -> bool:
    """Moves the cursor if it is still where it was seen; to None before the first block.

    On success its row is locked until the transaction ends. False if another process moved it.
    """
    if seen is None:
        if to is None:
            return True
        moved = await insert_if_absent(
            session, ChainCursor, chain_id=chain_id, contracts=contracts, number=to[0], hash=to[1]
        )
    else:
        moved = await _move(session, chain_id, contracts, seen, to)
    if moved:
        await _remember(session, chain_id, contracts, to)
    return moved


async def known_blocks(
    session: AsyncSession, chain_id: int, contracts: str, below: int, limit: int
) -> list[Place]:
    """Blocks below a number that were on the chain when they were read, newest first."""
    mine = (ChainBlock.chain_id == chain_id, ChainBlock.contracts == contracts, ChainBlock.number < below)
    of_events = (
        ChainEvent.chain_id == chain_id,
        ChainEvent.contracts == contracts,
        ChainEvent.block < below,
        ChainEvent.removed_at.is_(None),
    )
    both = union(
        select(ChainBlock.number, ChainBlock.hash).where(*mine),
        select(ChainEvent.block, ChainEvent.block_hash).where(*of_events),
    ).subquery()
    newest = select(both).order_by(both.c.number.desc()).limit(limit)
    return [(number, block_hash) for number, block_hash in await session.execute(newest)]


async def _move(session: AsyncSession, chain_id: int, contracts: str, seen: Place, to: Place | None) -> bool:
    as_seen = (
        ChainCursor.chain_id == chain_id,
        ChainCursor.contracts == contracts,
        ChainCursor.number == seen[0],
        ChainCursor.hash == seen[1],
    )
    if to is None:
        gone = delete(ChainCursor).where(*as_seen).returning(ChainCursor.number)
        return (await session.execute(gone)).one_or_none() is not None
    moving = update(ChainCursor).where(*as_seen).values(number=to[0], hash=to[1])
    moving = moving.execution_options(synchronize_session=False)
    return (await session.execute(moving.returning(ChainCursor.number))).one_or_none() is not None


async def _remember(session: AsyncSession, chain_id: int, contracts: str, to: Place | None) -> None:
    """Keeps the new place and the last few before it; what lies above it is not on the chain any more."""
    mine = (ChainBlock.chain_id == chain_id, ChainBlock.contracts == contracts)
    number, block_hash = to or (-1, "")
    await session.execute(delete(ChainBlock).where(*mine, ChainBlock.number >= number))
    if to is None:
        return
    session.add(ChainBlock(chain_id=chain_id, contracts=contracts, number=number, hash=block_hash))
    await session.flush()
    numbers = select(ChainBlock.number).where(*mine).order_by(ChainBlock.number.desc())
    oldest = (await session.execute(numbers.offset(KEPT).limit(1))).scalar_one_or_none()
    if oldest is not None:
        await session.execute(delete(ChainBlock).where(*mine, ChainBlock.number <= oldest))
