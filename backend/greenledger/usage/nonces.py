"""Sign-in nonces: issued, and consumed once."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.models.nonce import Nonce

MAX_OPEN = 100_000


async def add_nonce(session: AsyncSession, value: str, expires_at: int, now: int) -> bool:
    """Stores a nonce and drops the expired ones. False if too many are open: someone fills the table."""
    await session.execute(delete(Nonce).where(Nonce.expires_at <= now))
    if (await session.scalar(select(func.count()).select_from(Nonce)) or 0) >= MAX_OPEN:
        return False
    session.add(Nonce(value=value, expires_at=expires_at))
    await session.flush()
    return True


async def consume_nonce(session: AsyncSession, value: str, now: int) -> bool:
    """Deletes the nonce in the same statement that reads it. Whether it was there and still good."""
    statement = delete(Nonce).where(Nonce.value == value).returning(Nonce.expires_at)
    expires_at = (await session.execute(statement)).scalar_one_or_none()
    return expires_at is not None and expires_at > now
