"""Sessions of signed-in accounts, by the hash of their cookie."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.models.session import Session


async def add_session(
    session: AsyncSession, token_hash: str, account: str, expires_at: int, now: int
) -> None:
    """Stores a session and drops the expired ones."""
    await session.execute(delete(Session).where(Session.expires_at <= now))
    session.add(Session(token_hash=token_hash, account=account, expires_at=expires_at))
    await session.flush()


async def get_session(session: AsyncSession, token_hash: str, now: int) -> Session | None:
    statement = select(Session).where(Session.token_hash == token_hash, Session.expires_at > now)
    return (await session.execute(statement)).scalar_one_or_none()


async def remove_session(session: AsyncSession, token_hash: str) -> None:
    await session.execute(delete(Session).where(Session.token_hash == token_hash))
