"""Batches: workloads of an account under one Merkle tree, and what became of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKeyConstraint, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from greenledger.usage.base import Base
from greenledger.usage.models.lease import Leased


class Batch(Leased, Base):
    """What was asked for, how far it got, and what the workloads add up to."""

    __tablename__ = "batches"

    account: Mapped[str] = mapped_column(String(42), primary_key=True)  # checksum address, distribution key
    id: Mapped[str] = mapped_column(String(32), primary_key=True)  # ascending with time
    state: Mapped[str] = mapped_column(String(16))  # see greenledger.batches.states
    ended_from: Mapped[int] = mapped_column(BigInteger)  # Unix seconds; work that ended then or later
    ended_before: Mapped[int] = mapped_column(BigInteger)  # Unix seconds
    most: Mapped[int] = mapped_column(Integer)  # workloads, the first stated first
    last_id: Mapped[str] = mapped_column(String(32))  # workloads stated later belong to a later batch
    cursor: Mapped[str] = mapped_column(String(32))  # id of the last workload that was looked at
    workloads: Mapped[int] = mapped_column(Integer)  # taken so far
    done: Mapped[int] = mapped_column(Integer)  # of them, by the step that runs now
    # Sums and root, as in a report's JSON; `valid_until` is 0, and that of the report is below.
    footprint: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    valid_until: Mapped[int | None] = mapped_column(BigInteger)  # Unix seconds; of the report to be signed
    report_id: Mapped[str | None] = mapped_column(String(66))  # 0x, of the report that was signed last
    attempts: Mapped[int] = mapped_column(Integer)  # of the step that runs now
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_detail: Mapped[str | None] = mapped_column(String(1000))
    created_at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds


class BatchWorkload(Base):
    """Which work is in a batch. The key makes sure that no work is in two, under whichever workload id.

    No foreign key to the workload: what its owner deletes stays committed to.
    """

    __tablename__ = "batch_workloads"
    __table_args__ = (
        ForeignKeyConstraint(["account", "batch_id"], ["batches.account", "batches.id"], ondelete="CASCADE"),
        Index("ix_batch_workloads_account_batch_id_workload_id", "account", "batch_id", "workload_id"),
    )

    account: Mapped[str] = mapped_column(String(42), primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(66), primary_key=True)  # 0x, as of the workload
    batch_id: Mapped[str] = mapped_column(String(32))
    workload_id: Mapped[str] = mapped_column(String(32))


class BatchNodes(Base):
    """A part of a batch's Merkle tree: hashes end to end, so that a proof reads a few rows."""

    __tablename__ = "batch_nodes"
    __table_args__ = (
        ForeignKeyConstraint(["account", "batch_id"], ["batches.account", "batches.id"], ondelete="CASCADE"),
    )

    account: Mapped[str] = mapped_column(String(42), primary_key=True)
    batch_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)  # inner, from the root; leaf, descending
    part: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    first: Mapped[str] = mapped_column(String(66))  # 0x, the first hash of the part
    hashes: Mapped[bytes] = mapped_column(LargeBinary)


class BatchReport(Base):
    """A report over a batch that the council signed. Whether it was recorded is the chain's to say."""

    __tablename__ = "batch_reports"
    __table_args__ = (
        ForeignKeyConstraint(["account", "batch_id"], ["batches.account", "batches.id"], ondelete="CASCADE"),
    )

    account: Mapped[str] = mapped_column(String(42), primary_key=True)
    id: Mapped[str] = mapped_column(String(66), primary_key=True)  # 0x, EIP-712 digest
    batch_id: Mapped[str] = mapped_column(String(32), index=True)
    report: Mapped[dict[str, Any]] = mapped_column(JSON)
    footprint_hash: Mapped[str] = mapped_column(String(66))
    signatures: Mapped[list[str]] = mapped_column(JSON)  # 0x, ascending by signer
    valid_until: Mapped[int] = mapped_column(BigInteger)  # Unix seconds
    created_at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds
