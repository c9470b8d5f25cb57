"""Rows that are locked while something is decided about all that an account has."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from greenledger.usage.base import Base


class AccountLock(Base):
    """One row for each account that ever took its turn; only its lock matters. See `usage.account_locks`."""

    __tablename__ = "account_locks"

    account: Mapped[str] = mapped_column(String(42), primary_key=True)  # checksum address, distribution key
