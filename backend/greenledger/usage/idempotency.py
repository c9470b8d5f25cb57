"""Answers that were given under a key of the client's, so that a repeated request gets the same one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.insertion import insert_for
from greenledger.usage.models.idempotency import IdempotencyKey

KEPT_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class RequestKey:
    """The key that a request came with, and what it asked for: SHA-256 of its path, type and body, hex."""

    key: str
    body_hash: str


class KeyDiffers(ValueError):
    """The key was used within 24 hours for a request with another path, type or body."""


async def claim_key(
    session: AsyncSession, account: str, request: RequestKey, now: int
) -> dict[str, Any] | None:
    """The answer that was kept under this key, or None: then the request is to be done, as far as it is not.

    Another request with the same key waits until this transaction ends. Raises KeyDiffers.
    """
    values = {"account": account, "key": request.key, "body_hash": request.body_hash, "answer": None}
    claim = insert_for(session, IdempotencyKey).values(**values, expires_at=now + KEPT_S)
    renewal = claim.on_conflict_do_update(
        index_elements=[IdempotencyKey.account, IdempotencyKey.key],
        set_={name: claim.excluded[name] for name in ("body_hash", "answer", "expires_at")},
        where=IdempotencyKey.expires_at <= now,
    )
    if (await session.execute(renewal.returning(IdempotencyKey.key))).one_or_none() is not None:
        return None
    found = await session.get_one(IdempotencyKey, (account, request.key), populate_existing=True)
    if found.body_hash != request.body_hash:
        raise KeyDiffers(request.key)
    return found.answer


async def keep_answer(
    session: AsyncSession, account: str, request: RequestKey, answer: dict[str, Any]
) -> dict[str, Any]:
    """Keeps the answer to a claimed request until 24 hours after the claim, unless one is kept: the first one
    stays, and is given."""
    mine = (
        IdempotencyKey.account == account,
        IdempotencyKey.key == request.key,
        IdempotencyKey.body_hash == request.body_hash,
    )
    keeping = update(IdempotencyKey).where(*mine, IdempotencyKey.answer.is_(None)).values(answer=answer)
    await session.execute(keeping.execution_options(synchronize_session=False))
    kept = (await session.execute(select(IdempotencyKey.answer).where(*mine))).scalar_one_or_none()
    return answer if kept is None else kept


async def forget_expired(session: AsyncSession, now: int) -> None:
    """Takes away what nobody can ask for any more at `now`, Unix seconds."""
    await session.execute(delete(IdempotencyKey).where(IdempotencyKey.expires_at <= now))
