"""Transactions that the gateway's own account sends.

These tables have no account column: the account that sends is the gateway's, the same for everyone.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKeyConstraint, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from greenledger.usage.base import Base


class SenderNonce(Base):
    """The next nonce of a sending account; its row is the lock between processes."""

    __tablename__ = "sender_nonces"

    chain_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    sender: Mapped[str] = mapped_column(String(42), primary_key=True)  # checksum address
    next_nonce: Mapped[int] = mapped_column(BigInteger)


class TransactionBid(Base):
    """One signed form of a transaction. All of one key have the same nonce: one of them can be mined."""

    __tablename__ = "transaction_bids"
    __table_args__ = (
        ForeignKeyConstraint(
            ["chain_id", "key"], ["transactions.chain_id", "transactions.key"], ondelete="CASCADE"
        ),
    )

    chain_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(66))
    raw: Mapped[str] = mapped_column(Text)  # 0x, signed, exactly as it is broadcast
    max_fee_wei: Mapped[str] = mapped_column(String(39))  # per gas, decimal
    priority_fee_wei: Mapped[str] = mapped_column(String(39))  # per gas, decimal
    made_at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds


class SentTransaction(Base):
    __tablename__ = "transactions"
    __table_args__ = (UniqueConstraint("chain_id", "sender", "nonce"),)

    chain_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(128), primary_key=True)  # idempotency key
    sender: Mapped[str] = mapped_column(String(42))  # checksum address
    nonce: Mapped[int] = mapped_column(BigInteger)
    to_address: Mapped[str] = mapped_column(String(42))  # checksum address
    data: Mapped[str] = mapped_column(Text)  # 0x, calldata
    value_wei: Mapped[str] = mapped_column(String(78))  # decimal
    gas: Mapped[int] = mapped_column(BigInteger)  # limit
    outcome: Mapped[str] = mapped_column(String(16))  # pending, done, reverted or displaced
    reason: Mapped[str | None] = mapped_column(String(1000))  # why it did not succeed
    mined_hash: Mapped[str | None] = mapped_column(String(66))
    block: Mapped[int | None] = mapped_column(BigInteger)

    bids: Mapped[list[TransactionBid]] = relationship(
        order_by=TransactionBid.position, lazy="selectin", cascade="all, delete-orphan", passive_deletes=True
    )
