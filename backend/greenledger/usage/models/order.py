"""Orders to retire credits, and each step they took."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ForeignKeyConstraint,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from greenledger.usage.base import Base
from greenledger.usage.models.lease import Leased
from greenledger.usage.models.quote import Quote


class OrderStep(Base):
    """One state that an order entered, and what made it: for a chain's event its transaction."""

    __tablename__ = "order_steps"
    __table_args__ = (
        ForeignKeyConstraint(["account", "order_id"], ["orders.account", "orders.id"], ondelete="CASCADE"),
    )

    account: Mapped[str] = mapped_column(String(42), primary_key=True)
    order_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds
    transaction_hash: Mapped[str | None] = mapped_column(String(66))


class Order(Leased, Base):
    """One purchase. What the chain says of it is the chain's to say; `state` caches the answer.

    Who it is for is written once, when the order is made; no later request changes it.
    """

    __tablename__ = "orders"
    __table_args__ = (
        ForeignKeyConstraint(["account", "quote_id"], ["quotes.account", "quotes.id"]),
        UniqueConstraint("account", "quote_id"),
    )

    account: Mapped[str] = mapped_column(String(42), primary_key=True)  # checksum address, distribution key
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    quote_id: Mapped[str] = mapped_column(String(32))
    beneficiary_name: Mapped[str] = mapped_column(String(64))
    message: Mapped[str] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(16))
    # Orders of the desk: its id there (0x), the struct, the seller's signature over it (0x), the certificate
    # that fulfilled it (0x). None for orders that nobody pays for, on local chains.
    desk_id: Mapped[str | None] = mapped_column(String(66), index=True)
    desk_order: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    seller_signature: Mapped[str | None] = mapped_column(String(200))
    certificate: Mapped[str | None] = mapped_column(String(66), index=True)
    # The purchase at the market: the key it goes by there, from when on one may exist (written before the
    # market is asked, Unix seconds), whether it does, and how often the price was asked for again.
    reference: Mapped[str | None] = mapped_column(String(64))
    asked_at: Mapped[int | None] = mapped_column(BigInteger)
    bought: Mapped[bool] = mapped_column(Boolean, default=False)
    requotes: Mapped[int] = mapped_column(Integer, default=0)
    acts: Mapped[int] = mapped_column(Integer, default=0)  # outside effects so far; numbers their keys
    proof: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    # The further parts of a purchase that the market split, whose certificates the desk does not wait for:
    # {reference, certificate (0x) or null, problem or null}.
    further: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    # Every co-signed report, oldest first: {certificate, report, signatures, valid_until}. Only the last can
    # still be minted, but an earlier one may have been, just before it ran out.
    reports: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_detail: Mapped[str | None] = mapped_column(String(1000))
    attempts: Mapped[int] = mapped_column(Integer)  # without success in the present state
    version: Mapped[int] = mapped_column(Integer)  # counts changes, so that two workers cannot both apply one
    created_at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds

    quote: Mapped[Quote] = relationship(lazy="joined", viewonly=True)
    steps: Mapped[list[OrderStep]] = relationship(
        order_by=OrderStep.position, lazy="selectin", cascade="all, delete-orphan", passive_deletes=True
    )
