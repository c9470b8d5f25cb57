"""Work of the gateway itself that comes up again and again, done by one process at a time."""

from __future__ import annotations

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from greenledger.usage.base import Base
from greenledger.usage.models.lease import Leased


class Chore(Leased, Base):
    """Without an account column: it is done for all of them."""

    __tablename__ = "chores"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    done_at: Mapped[int | None] = mapped_column(BigInteger)  # Unix seconds, the last time
