"""A handler of events that notices when one is applied twice or taken back without having been applied."""

from __future__ import annotations

from collections.abc import Mapping

from desk import Desk
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.chain.events import Event
from greenledger.chain.follower import Follower
from greenledger.chain.node import ChainNode
from greenledger.journal.events import DatabaseEventStore, contracts_key
from greenledger.usage.database import Database
from greenledger.usage.models.nonce import Nonce

CHAIN_ID = 31337


class Notes:
    """Keeps a row for each event: a second one under the same key is refused by the database."""

    async def apply(self, session: AsyncSession, event: Event) -> None:
        session.add(Nonce(value=_key(event), expires_at=event.block.number))
        await session.flush()

    async def revert(self, session: AsyncSession, event: Event) -> None:
        gone = delete(Nonce).where(Nonce.value == _key(event)).returning(Nonce.value)
        assert (await session.execute(gone)).scalar_one() == _key(event)


def _key(event: Event) -> str:
    return f"{event.subject[2:22]}{event.name[-7:]}{event.log_index:04}"


def contracts_of(desk: Desk) -> Mapping[str, str]:
    return {"RetirementDesk": desk.desk.address}


def store_of(desk: Desk, database: Database, *handlers: Notes) -> DatabaseEventStore:
    key = contracts_key(contracts_of(desk))
    return DatabaseEventStore(database, CHAIN_ID, key, handlers or (Notes(),))


def follower_of(
    desk: Desk,
    node: ChainNode,
    store: DatabaseEventStore,
    start: int,
    confirmations: int = 1,
    most_blocks: int = 2_000,
) -> Follower:
    return Follower(node, store, contracts_of(desk), start, confirmations, most_blocks)


async def to_the_end(follower: Follower) -> int:
    """Turns until there is nothing to do; gives their number."""
    turns = 0
    while await follower.turn():
        turns += 1
    return turns


async def noted(database: Database) -> list[str]:
    """The subjects of the events that are applied at present, shortened, by block."""
    async with database.transaction() as session:
        found = await session.execute(select(Nonce.value).order_by(Nonce.expires_at, Nonce.value))
        return [value[:20] for value in found.scalars()]


def short(*order_ids: str) -> list[str]:
    return [order_id[2:22] for order_id in order_ids]
