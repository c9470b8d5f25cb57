"""Requests that were answered under a key of the client's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from greenledger.usage.base import Base


class IdempotencyKey(Base):
    __tablename__ = "idempotency_keys"

    account: Mapped[str] = mapped_column(String(42), primary_key=True)  # checksum address, distribution key
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    body_hash: Mapped[str] = mapped_column(String(64))  # SHA-256 of what was asked for, hex
    # None: not answered yet, or cut off.
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    expires_at: Mapped[int] = mapped_column(BigInteger, index=True)  # Unix seconds
