"""Quotes, always within one account."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.models.quote import Quote


async def add_quote(session: AsyncSession, quote: Quote) -> None:
    session.add(quote)
    await session.flush()


async def get_quote(session: AsyncSession, account: str, quote_id: str) -> Quote | None:
    """The account's quote; another account's is not found."""
    return await session.get(Quote, (account, quote_id))
