"""Columns of work that workers take by turns; see `greenledger.usage.leases` for how."""

from __future__ import annotations

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column


class Leased:
    """Mixin: when a row is to be worked on, and who does so until when."""

    due_at: Mapped[int | None] = mapped_column(BigInteger, index=True)  # Unix seconds; none: nothing to do
    locked_until: Mapped[int | None] = mapped_column(BigInteger)  # Unix seconds; past or none: free
    locked_by: Mapped[str | None] = mapped_column(String(64))  # the worker's name
