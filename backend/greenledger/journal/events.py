"""Events of the chain in the usage database, handed to whoever acts on them in the same transaction.

An order's state that rests on an event is set in `apply` and taken back in `revert`. Both run in the
transaction that moves the cursor, so an event is acted on exactly once however often the process is killed,
and a reorganisation undoes it exactly once. They change the database and nothing else: an outside effect goes
into the outbox.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.chain.events import Event
from greenledger.chain.node import Block
from greenledger.usage import chain_events, cursors
from greenledger.usage.database import Database
from greenledger.usage.models.chain_event import ChainEvent


class EventHandler(Protocol):
    """Acts on events, in the order of the chain. What either raises stops the following until it succeeds."""

    async def apply(self, session: AsyncSession, event: Event) -> None:
        """The event is on the chain, with its confirmations. One that means nothing here is passed over."""

    async def revert(self, session: AsyncSession, event: Event) -> None:
        """An event that was applied is not on the chain any more; it may come again, in another block."""


def contracts_key(contracts: Mapping[str, str]) -> str:
    """Names a set of contracts: another set is followed anew, from its start."""
    text = "\n".join(sorted(f"{name} {address.lower()}" for name, address in contracts.items()))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class DatabaseEventStore:
    """The follower's store. `contracts` is a `contracts_key`; `clock` gives Unix seconds."""

    database: Database
    chain_id: int
    contracts: str
    handlers: Sequence[EventHandler]
    clock: Callable[[], float] = field(default=time.time)

    async def cursor(self) -> Block | None:
        async with self.database.transaction() as session:
            found = await cursors.get_cursor(session, self.chain_id, self.contracts)
        return None if found is None else Block(*found)

    async def known(self, below: int, limit: int) -> Sequence[Block]:
        async with self.database.transaction() as session:
            found = await cursors.known_blocks(session, self.chain_id, self.contracts, below, limit)
        return [Block(*place) for place in found]

    async def advance(self, seen: Block | None, to: Block, events: Sequence[Event]) -> bool:
        async with self.database.transaction() as session:
            if not await self._move(session, seen, to):
                return False
            for event in events:
                if await chain_events.record_event(session, **self._row(event)):
                    for handler in self.handlers:
                        await handler.apply(session, event)
        return True

    async def roll_back(self, seen: Block, to: Block | None) -> bool:
        above = -1 if to is None else to.number
        async with self.database.transaction() as session:
            if not await self._move(session, seen, to):
                return False
            removed = await chain_events.remove_events_above(
                session, self.chain_id, self.contracts, above, int(self.clock())
            )
            for row in removed:
                for handler in reversed(self.handlers):
                    await handler.revert(session, event_of(row))
        return True

    async def _move(self, session: AsyncSession, seen: Block | None, to: Block | None) -> bool:
        places = [None if block is None else (block.number, block.hash) for block in (seen, to)]
        return await cursors.move_cursor(session, self.chain_id, self.contracts, *places)

    def _row(self, event: Event) -> dict[str, object]:
        fields = {name: value for name, value in asdict(event).items() if name != "block"}
        return {
            **fields,
            "chain_id": self.chain_id,
            "contracts": self.contracts,
            "block": event.block.number,
            "block_hash": event.block.hash,
            "found_at": int(self.clock()),
            "removed_at": None,
        }


def event_of(row: ChainEvent) -> Event:
    """A stored event as the follower gave it."""
    return Event(
        block=Block(row.block, row.block_hash),
        log_index=row.log_index,
        transaction_hash=row.transaction_hash,
        contract=row.contract,
        name=row.name,
        subject=row.subject,
        arguments=row.arguments,
    )
