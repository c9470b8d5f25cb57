"""Reads of the events that stand on a chain, as one follower has stored them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from greenledger.usage.models.chain_event import ChainEvent

NOBODY = "0x" + "00" * 32


@dataclass(frozen=True)
class Ledger:
    """A chain and the key of the set of contracts that is followed on it."""

    chain_id: int
    contracts: str


async def events_about(
    session: AsyncSession, ledger: Ledger, names: Sequence[str], subjects: Sequence[str]
) -> list[ChainEvent]:
    """Events by name and first indexed argument (words: 0x, 64 hex digits), in the order of the chain."""
    if not subjects:
        return []
    return await _found(session, _standing(ledger, *names).where(ChainEvent.subject.in_(subjects)))


async def events_with(
    session: AsyncSession, ledger: Ledger, name: str, argument: str, value: str, limit: int
) -> list[ChainEvent]:
    """The first events by name and the text of one argument, in the order of the chain."""
    return await _found(session, _standing(ledger, name).where(_is(argument, value)).limit(limit))


async def minted_after(
    session: AsyncSession, ledger: Ledger, after: tuple[int, int], limit: int, holder: str | None
) -> list[ChainEvent]:
    """Certificates minted after a place (block, index of the log), in the order of the chain.

    With `holder` those that it was given when they were minted, or that were moved to it later.
    """
    statement = _standing(ledger, "CertificateMinted")
    statement = statement.where(tuple_(ChainEvent.block, ChainEvent.log_index) > after).limit(limit)
    if holder is not None:
        moved = [row.arguments["token_id"] for row in await moves(session, ledger, holder)]
        words = [f"0x{int(number):064x}" for number in moved]
        statement = statement.where(or_(_is("holder", holder), ChainEvent.subject.in_(words)))
    return await _found(session, statement)


async def minted_from(session: AsyncSession, ledger: Ledger, book: str) -> list[ChainEvent]:
    """Certificates by the serial book of their source, in the order of the chain."""
    of_book = ChainEvent.arguments[("source", "book")].as_string() == book
    return await _found(session, _standing(ledger, "CertificateMinted").where(of_book))


async def moves(session: AsyncSession, ledger: Ledger, to: str | None = None) -> list[ChainEvent]:
    """Certificates that the council moved to another wallet, in the order of the chain."""
    statement = _standing(ledger, "Transfer").where(ChainEvent.subject != NOBODY)
    return await _found(session, statement if to is None else statement.where(_is("receiver", to)))


def _is(argument: str, value: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = ChainEvent.arguments[argument].as_string() == value
    return found


def _standing(ledger: Ledger, *names: str) -> Select[ChainEvent]:
    mine = (ChainEvent.chain_id == ledger.chain_id, ChainEvent.contracts == ledger.contracts)
    standing = (ChainEvent.name.in_(names), ChainEvent.removed_at.is_(None))
    return select(ChainEvent).where(*mine, *standing).order_by(ChainEvent.block, ChainEvent.log_index)


async def _found(session: AsyncSession, statement: Select[ChainEvent]) -> list[ChainEvent]:
    return list(await session.scalars(statement))
