"""Who is signed in."""

from __future__ import annotations

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from greenledger.usage.base import Base


class Session(Base):
    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)  # SHA-256 of the cookie, hex
    account: Mapped[str] = mapped_column(String(42), index=True)  # checksum address
    expires_at: Mapped[int] = mapped_column(BigInteger, index=True)  # Unix seconds
