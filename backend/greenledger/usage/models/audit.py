"""Who did what, and when: rows are added and never changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from greenledger.usage.base import Base


class AuditEntry(Base):
    """The database itself refuses to change or remove a row that is not old enough; see migration m0006."""

    __tablename__ = "audit_entries"
    # Without row ids of SQLite's own: INSERT OR REPLACE could name one, and so remove a row.
    __table_args__ = (Index("ix_audit_entries_at", "at"), {"sqlite_with_rowid": False})

    account: Mapped[str] = mapped_column(String(42), primary_key=True)  # checksum address, distribution key
    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # ascending with time
    at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds
    action: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(64))  # "session", "node", or "key:" and the key's id
    subject: Mapped[str] = mapped_column(String(128))  # id of the key, report or batch; or empty
    details: Mapped[dict[str, Any]] = mapped_column(JSON)  # small facts, never a secret or a private text
    request_id: Mapped[str | None] = mapped_column(String(64))
    network: Mapped[str | None] = mapped_column(String(64))  # the client's /24 or /48, never its address
