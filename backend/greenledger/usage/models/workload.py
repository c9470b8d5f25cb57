"""Workloads that an account stated."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from greenledger.usage.base import Base


class Workload(Base):
    """One stated workload. On PostgreSQL the table is in parts by month, see `greenledger.usage.partitions`.

    What an owner or the retention took away is `erased_at` a time, Unix seconds: the text is `{}`, the salt
    `0x` and the estimate empty. The salted hash stays, since it is under a root on chain.
    """

    __tablename__ = "workloads"
    __table_args__ = (Index(None, "account", "content_hash"),)

    account: Mapped[str] = mapped_column(String(42), primary_key=True)  # checksum address, distribution key
    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # ascending with time
    event_id: Mapped[str | None] = mapped_column(String(128))  # the client's own id, if it gave one
    canonical: Mapped[str] = mapped_column(Text)  # RFC 8785 JSON of the workload, exactly as hashed
    # 0x, keccak256(canonical): the same work stated twice has the same one, whatever its id and salt.
    content_hash: Mapped[str] = mapped_column(String(66))
    salt: Mapped[str] = mapped_column(String(66))  # 0x, 32 random bytes
    workload_hash: Mapped[str] = mapped_column(String(66))  # 0x, keccak256(salt || keccak256(canonical))
    methodology: Mapped[str] = mapped_column(String(66))  # 0x, the one the estimate was made under
    estimate: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds
    erased_at: Mapped[int | None] = mapped_column(BigInteger)  # Unix seconds; none: all is there


class WorkloadEvent(Base):
    """Which workload an event stands for: who inserts this row first may insert the workload.

    Apart from the workloads, because a unique key of a partitioned table has to hold what it is parted by.
    """

    __tablename__ = "workload_events"

    account: Mapped[str] = mapped_column(String(42), primary_key=True)
    event_id: Mapped[str] = mapped_column(String(128), primary_key=True)  # the client's own id
    workload_id: Mapped[str] = mapped_column(String(32))
    content_hash: Mapped[str] = mapped_column(String(66))  # 0x, of the work it stands for
