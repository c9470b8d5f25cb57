"""Sign-in nonces that were issued and not yet used."""

from __future__ import annotations

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from greenledger.usage.base import Base


class Nonce(Base):
    """Without an account column: a nonce is issued before anyone has said who they are."""

    __tablename__ = "nonces"

    value: Mapped[str] = mapped_column(String(32), primary_key=True)
    expires_at: Mapped[int] = mapped_column(BigInteger, index=True)  # Unix seconds
