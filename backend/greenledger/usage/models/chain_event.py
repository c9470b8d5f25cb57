"""What the chain said: how far it was followed, and the events found there.

These tables have no account column: they belong to a chain and the set of contracts followed on it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from greenledger.usage.base import Base


class ChainCursor(Base):
    """The last block whose events are all in the database."""

    __tablename__ = "chain_cursors"

    chain_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    contracts: Mapped[str] = mapped_column(String(64), primary_key=True)  # hash of their addresses
    number: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(66))


class ChainBlock(Base):
    """Where the cursor was before, to find the fork when its block is not on the chain any more."""

    __tablename__ = "chain_blocks"

    chain_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    contracts: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(66))


class ChainEvent(Base):
    """One log of one of our contracts; what a reorganisation took away stays here, marked."""

    __tablename__ = "chain_events"
    __table_args__ = (
        Index("ix_chain_events_chain_id_contracts_block", "chain_id", "contracts", "block"),
        Index("ix_chain_events_subject", "subject"),
    )

    chain_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    contracts: Mapped[str] = mapped_column(String(64), primary_key=True)
    block_hash: Mapped[str] = mapped_column(String(66), primary_key=True)
    log_index: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    block: Mapped[int] = mapped_column(BigInteger)
    transaction_hash: Mapped[str] = mapped_column(String(66))
    contract: Mapped[str] = mapped_column(String(64))  # "RetirementDesk"
    name: Mapped[str] = mapped_column(String(64))  # "OrderOpened"
    subject: Mapped[str] = mapped_column(String(66))  # first indexed argument as a word, or empty
    arguments: Mapped[dict[str, Any]] = mapped_column(JSON)  # whole numbers as decimal strings, bytes as 0x
    found_at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds
    removed_at: Mapped[int | None] = mapped_column(BigInteger)  # Unix seconds; none: on the chain
