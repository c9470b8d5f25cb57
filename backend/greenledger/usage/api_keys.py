"""API keys of accounts: each living one holds a place, and there are MAX_LIVING places."""

from __future__ import annotations

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.insertion import insert_if_absent
from greenledger.usage.models.api_key import ApiKey

MAX_LIVING = 50
MAX_DEAD = 100  # the newest that are still listed; what became of the others is in the audit log
TOUCH_S = 60


async def add_key(
    session: AsyncSession,
    account: str,
    key_id: str,
    name: str,
    scopes: list[str],
    secret_hash: str,
    expires_at: int | None,
    now: int,
) -> ApiKey | None:
    """Stores a key at a free place, also if others are being stored at the same time. None if there is none.

    Expired keys give their places back, and the oldest dead keys are dropped. Times in Unix seconds.
    """
    expired = (ApiKey.account == account, ApiKey.place.is_not(None), ApiKey.expires_at <= now)
    await session.execute(update(ApiKey).where(*expired).values(place=None))
    await _drop_dead(session, account)
    held = select(ApiKey.place).where(ApiKey.account == account, ApiKey.place.is_not(None))
    taken = set((await session.execute(held)).scalars())
    for place in range(MAX_LIVING):
        # Another request may take the same place just now; then this one takes the next.
        if place not in taken and await insert_if_absent(
            session,
            ApiKey,
            account=account,
            id=key_id,
            place=place,
            name=name,
            scopes=scopes,
            secret_hash=secret_hash,
            created_at=now,
            expires_at=expires_at,
        ):
            return await session.get_one(ApiKey, (account, key_id))
    return None


async def _drop_dead(session: AsyncSession, account: str) -> None:
    dead = (ApiKey.account == account, ApiKey.place.is_(None))
    newest = select(ApiKey.id).where(*dead).order_by(ApiKey.created_at.desc(), ApiKey.id.desc())
    surplus = list((await session.execute(newest.offset(MAX_DEAD))).scalars())
    if surplus:
        await session.execute(delete(ApiKey).where(*dead, ApiKey.id.in_(surplus)))


async def keys_by_id(session: AsyncSession, key_id: str) -> list[ApiKey]:
    """Dead ones too. At most one in practice; its account is not known before."""
    return list((await session.execute(select(ApiKey).where(ApiKey.id == key_id))).scalars())


async def list_keys(session: AsyncSession, account: str) -> list[ApiKey]:
    """Newest first, dead ones too: at most MAX_LIVING + MAX_DEAD and one."""
    mine = select(ApiKey).where(ApiKey.account == account)
    return list((await session.execute(mine.order_by(ApiKey.created_at.desc(), ApiKey.id.desc()))).scalars())


async def revoke_key(session: AsyncSession, account: str, key_id: str, now: int) -> bool:
    """Ends a key for good. False if the account has none with this id, or it was revoked before."""
    living = (ApiKey.account == account, ApiKey.id == key_id, ApiKey.revoked_at.is_(None))
    statement = update(ApiKey).where(*living).values(revoked_at=now, place=None).returning(ApiKey.id)
    return (await session.execute(statement)).one_or_none() is not None


async def touch_key(session: AsyncSession, account: str, key_id: str, now: int) -> None:
    """Notes that a key was used, unless that was noted in the last TOUCH_S seconds."""
    is_stale = or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at <= now - TOUCH_S)
    mine = (ApiKey.account == account, ApiKey.id == key_id)
    await session.execute(update(ApiKey).where(*mine, is_stale).values(last_used_at=now))
