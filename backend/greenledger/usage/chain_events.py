"""Events found on a chain; those that a reorganisation took away stay, marked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.insertion import insert_if_absent
from greenledger.usage.models.chain_event import ChainEvent


async def record_event(session: AsyncSession, **fields: Any) -> bool:
    """Stores an event, or takes the mark off one that is back. False if it was there already."""
    if await insert_if_absent(session, ChainEvent, **fields):
        return True
    key = (ChainEvent.chain_id, ChainEvent.contracts, ChainEvent.block_hash, ChainEvent.log_index)
    again = (
        update(ChainEvent)
        .where(*(column == fields[column.key] for column in key), ChainEvent.removed_at.is_not(None))
        .values(removed_at=None)
        .execution_options(synchronize_session=False)
    )
    return (await session.execute(again.returning(ChainEvent.log_index))).one_or_none() is not None


async def remove_events_above(
    session: AsyncSession, chain_id: int, contracts: str, number: int, now: int
) -> list[ChainEvent]:
    """Marks the events above a block as not on the chain any more, and gives them, newest first."""
    statement = (
        select(ChainEvent)
        .where(
            ChainEvent.chain_id == chain_id,
            ChainEvent.contracts == contracts,
            ChainEvent.block > number,
            ChainEvent.removed_at.is_(None),
        )
        .order_by(ChainEvent.block.desc(), ChainEvent.log_index.desc())
    )
    found = list((await session.execute(statement)).scalars())
    for event in found:
        event.removed_at = now
    await session.flush()
    return found


async def events_of(session: AsyncSession, chain_id: int, name: str, subject: str) -> list[ChainEvent]:
    """Events on the chain by name and first indexed argument (a word: 0x, 64 hex digits), oldest first."""
    statement = (
        select(ChainEvent)
        .where(
            ChainEvent.subject == subject,
            ChainEvent.chain_id == chain_id,
            ChainEvent.name == name,
            ChainEvent.removed_at.is_(None),
        )
        .order_by(ChainEvent.block, ChainEvent.log_index)
    )
    return list((await session.execute(statement)).scalars())
