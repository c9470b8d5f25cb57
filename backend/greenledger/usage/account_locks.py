"""One decision at a time about what an account has, over all processes and machines.

"Is this work in another report?" and "was this stated before?" are read first and written after; between the
two no other process may write the same. The lock is a row's, so it ends with its transaction: a process that
is killed holds nothing, and nothing runs out too early. It is taken for a short transaction, never over
a call to somebody else.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.insertion import insert_if_absent
from greenledger.usage.models.account_lock import AccountLock


async def lock_account(session: AsyncSession, account: str) -> None:
    """Holds the account (checksum address) until the transaction ends; waits for whoever holds it.

    To be the first statement of its transaction: what was read before it may be old.
    """
    # SQLite takes its one lock of writers here, also for a row that is there.
    await insert_if_absent(session, AccountLock, account=account)
    await session.execute(select(AccountLock).where(AccountLock.account == account).with_for_update())
