"""Keys by which programs ask in an account's name."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from greenledger.usage.base import Base


class ApiKey(Base):
    """A living key holds one of the account's places; so no two requests can together make too many."""

    __tablename__ = "api_keys"
    __table_args__ = (UniqueConstraint("account", "place"),)

    account: Mapped[str] = mapped_column(String(42), primary_key=True)  # checksum address, distribution key
    id: Mapped[str] = mapped_column(String(16), primary_key=True, index=True)  # hex, stands in the key itself
    place: Mapped[int | None] = mapped_column(Integer)  # from 0; none once it is revoked or expired
    name: Mapped[str] = mapped_column(String(100))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    secret_hash: Mapped[str] = mapped_column(String(64))  # SHA-256 of the secret part, hex
    created_at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds
    expires_at: Mapped[int | None] = mapped_column(BigInteger)  # Unix seconds; none: until it is revoked
    last_used_at: Mapped[int | None] = mapped_column(BigInteger)  # Unix seconds, at most a minute behind
    revoked_at: Mapped[int | None] = mapped_column(BigInteger)  # Unix seconds
