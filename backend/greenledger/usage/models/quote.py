"""Firm prices that a marketplace gave an account."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from greenledger.usage.base import Base


class Quote(Base):
    """Copied from the market when it was given; later price changes do not touch it."""

    __tablename__ = "quotes"

    account: Mapped[str] = mapped_column(String(42), primary_key=True)  # checksum address, distribution key
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    market: Mapped[str] = mapped_column(String(32))
    reference: Mapped[str] = mapped_column(String(64))  # the market's own id, its idempotency key
    source_id: Mapped[str] = mapped_column(String(200))
    project: Mapped[str] = mapped_column(String(32))
    project_name: Mapped[str] = mapped_column(String(200))
    registry_key: Mapped[str] = mapped_column(String(32))  # "icr"
    vintage: Mapped[int] = mapped_column(Integer)
    ex_ante: Mapped[bool] = mapped_column(Boolean)
    amount_ug: Mapped[str] = mapped_column(String(22))  # µgCO2e, decimal
    cost_cents: Mapped[int] = mapped_column(BigInteger)  # USD cents, the market's fees in
    fee_cents: Mapped[int] = mapped_column(BigInteger, default=0)  # USD cents on top, the seller's own
    price_usd_per_tonne: Mapped[str] = mapped_column(String(64))  # decimal, as the market wrote it
    created_at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds
    expires_at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds
