"""Outside effects that a step decided on, and what came of each; see `greenledger.usage.outbox`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from greenledger.usage.base import Base
from greenledger.usage.models.lease import Leased


class Effect(Leased, Base):
    __tablename__ = "outbox"

    account: Mapped[str] = mapped_column(String(42), primary_key=True)  # checksum address, distribution key
    key: Mapped[str] = mapped_column(String(128), primary_key=True)  # idempotency key, also for the outside
    kind: Mapped[str] = mapped_column(String(32))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)  # all that the effect needs, fixed when written
    attempts: Mapped[int] = mapped_column(Integer)  # times it was taken
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # what the outside answered in the end
    error: Mapped[str | None] = mapped_column(String(1000))  # why the last attempt has to be repeated
    created_at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds
    done_at: Mapped[int | None] = mapped_column(BigInteger)  # Unix seconds
