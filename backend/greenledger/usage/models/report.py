"""Reports that the council signed, and the workloads under them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKeyConstraint, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from greenledger.usage.base import Base


class ReportWorkload(Base):
    """Which workload stands at which place of a report."""

    __tablename__ = "report_workloads"
    __table_args__ = (
        ForeignKeyConstraint(["account", "report_id"], ["reports.account", "reports.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["account", "workload_id"], ["workloads.account", "workloads.id"]),
    )

    account: Mapped[str] = mapped_column(String(42), primary_key=True)
    report_id: Mapped[str] = mapped_column(String(66), primary_key=True)
    workload_id: Mapped[str] = mapped_column(String(32), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(Integer)


class Report(Base):
    """Whether a report was recorded is the chain's to say; this table never does."""

    __tablename__ = "reports"
    __table_args__ = (UniqueConstraint("account", "selection"),)

    account: Mapped[str] = mapped_column(String(42), primary_key=True)  # checksum address, distribution key
    id: Mapped[str] = mapped_column(String(66), primary_key=True)  # 0x, EIP-712 digest
    # SHA-256 of the sorted workload ids and the superseded hash: one living report per selection. A report
    # that gives way to a new one for the same selection keeps its own id here instead.
    selection: Mapped[str] = mapped_column(String(66))
    report: Mapped[dict[str, Any]] = mapped_column(JSON)
    footprint_hash: Mapped[str] = mapped_column(String(66), index=True)
    signatures: Mapped[list[str]] = mapped_column(JSON)  # 0x, ascending by signer
    valid_until: Mapped[int] = mapped_column(BigInteger)  # Unix seconds
    created_at: Mapped[int] = mapped_column(BigInteger, index=True)  # Unix seconds

    workloads: Mapped[list[ReportWorkload]] = relationship(
        order_by=ReportWorkload.position, lazy="selectin", cascade="all, delete-orphan", passive_deletes=True
    )
