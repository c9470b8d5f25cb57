"""How many requests of one client were let through in its present window, by all gateways together."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from greenledger.usage.base import Base


class RateBucket(Base):
    """Not distributed by account: most clients have not said who they are. Kept for minutes, and worth
    nothing after a crash, so PostgreSQL does not log it."""

    __tablename__ = "rate_buckets"

    bucket: Mapped[str] = mapped_column(String(96), primary_key=True)
    started_ms: Mapped[int] = mapped_column(BigInteger, index=True)  # Unix ms by the database's clock
    taken: Mapped[int] = mapped_column(Integer)  # tokens given out since then
    granted: Mapped[int] = mapped_column(Integer)  # of them the last time, for whoever asked
