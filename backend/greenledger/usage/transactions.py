"""Transactions of the gateway's own accounts: one key, one nonce, any number of signed forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.insertion import insert_if_absent
from greenledger.usage.models.transaction import SenderNonce, SentTransaction, TransactionBid


async def get_transaction(session: AsyncSession, chain_id: int, key: str) -> SentTransaction | None:
    return await session.get(SentTransaction, (chain_id, key))


async def lock_sender(session: AsyncSession, chain_id: int, sender: str, least: int) -> int:
    """The sender's next nonce, at least `least`; its row is locked until the transaction ends."""
    await insert_if_absent(session, SenderNonce, chain_id=chain_id, sender=sender, next_nonce=least)
    mine = (SenderNonce.chain_id == chain_id, SenderNonce.sender == sender)
    # An UPDATE that changes nothing takes the lock on every database, SQLite too.
    locking = update(SenderNonce).where(*mine).values(next_nonce=SenderNonce.next_nonce)
    locking = locking.execution_options(synchronize_session=False)
    stored = (await session.execute(locking.returning(SenderNonce.next_nonce))).scalar_one()
    return max(stored, least)


async def add_transaction(session: AsyncSession, transaction: SentTransaction) -> None:
    """Stores a transaction under the sender's lock and moves its next nonce on."""
    session.add(transaction)
    mine = (SenderNonce.chain_id == transaction.chain_id, SenderNonce.sender == transaction.sender)
    moved = update(SenderNonce).where(*mine).values(next_nonce=transaction.nonce + 1)
    await session.execute(moved.execution_options(synchronize_session=False))
    await session.flush()


async def add_bid(session: AsyncSession, **fields: Any) -> bool:
    """Stores a further signed form. False if another process was faster with one at that position."""
    return await insert_if_absent(session, TransactionBid, **fields)


async def settle(session: AsyncSession, chain_id: int, key: str, values: Mapping[str, Any]) -> bool:
    """Stores the outcome of a pending transaction. False if it had one."""
    pending = (
        SentTransaction.chain_id == chain_id,
        SentTransaction.key == key,
        SentTransaction.outcome == "pending",
    )
    statement = update(SentTransaction).where(*pending).values(**values)
    statement = statement.execution_options(synchronize_session=False)
    return (await session.execute(statement.returning(SentTransaction.key))).one_or_none() is not None


async def transactions_from(
    session: AsyncSession, chain_id: int, sender: str, nonce: int, limit: int
) -> list[SentTransaction]:
    """The sender's transactions with this nonce or a higher one, lowest first."""
    statement = (
        select(SentTransaction)
        .where(
            SentTransaction.chain_id == chain_id,
            SentTransaction.sender == sender,
            SentTransaction.nonce >= nonce,
        )
        .order_by(SentTransaction.nonce)
        .limit(limit)
    )
    return list((await session.execute(statement)).scalars())
