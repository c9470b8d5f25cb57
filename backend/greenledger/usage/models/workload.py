"""Workloads that an account stated."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from greenledger.usage.base import Base


class Workload(Base):
    __tablename__ = "workloads"
    __table_args__ = (UniqueConstraint("account", "event_id"),)

    account: Mapped[str] = mapped_column(String(42), primary_key=True)  # checksum address, distribution key
    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # ascending with time
    event_id: Mapped[str | None] = mapped_column(String(128))  # the client's own id, once per account
    canonical: Mapped[str] = mapped_column(Text)  # RFC 8785 JSON of the workload, exactly as hashed
    # 0x, keccak256(canonical): the same work stated twice has the same one, whatever its id and salt.
    content_hash: Mapped[str] = mapped_column(String(66), index=True)
    salt: Mapped[str] = mapped_column(String(66))  # 0x, 32 random bytes
    workload_hash: Mapped[str] = mapped_column(String(66))  # 0x, keccak256(salt || keccak256(canonical))
    methodology: Mapped[str] = mapped_column(String(66))  # 0x, the one the estimate was made under
    estimate: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds
