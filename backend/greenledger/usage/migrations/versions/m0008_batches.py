"""Batches, the work in them, their trees and their reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "batches",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("ended_from", sa.BigInteger(), nullable=False),
        sa.Column("ended_before", sa.BigInteger(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("last_id", sa.String(32), nullable=False),
        sa.Column("cursor", sa.String(32), nullable=False),
        sa.Column("workloads", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("footprint", sa.JSON(), nullable=True),
        sa.Column("valid_until", sa.BigInteger(), nullable=True),
        sa.Column("report_id", sa.String(66), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.String(64), nullable=True),
        sa.Column("error_detail", sa.String(1000), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("locked_until", sa.BigInteger(), nullable=True),
        sa.Column("locked_by", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("account", "id", name="pk_batches"),
    )
    op.create_index("ix_batches_due_at", "batches", ["due_at"])
    op.create_table(
        "batch_workloads",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("content_hash", sa.String(66), nullable=False),
        sa.Column("batch_id", sa.String(32), nullable=False),
        sa.Column("workload_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("account", "content_hash", name="pk_batch_workloads"),
        _of_batch("batch_workloads"),
    )
    members = ["account", "batch_id", "workload_id"]
    op.create_index("ix_batch_workloads_account_batch_id_workload_id", "batch_workloads", members)
    op.create_table(
        "batch_nodes",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("batch_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("first", sa.String(66), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account", "batch_id", "kind", "part", name="pk_batch_nodes"),
        _of_batch("batch_nodes"),
    )
    op.create_table(
        "batch_reports",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("id", sa.String(66), nullable=False),
        sa.Column("batch_id", sa.String(32), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("footprint_hash", sa.String(66), nullable=False),
        sa.Column("signatures", sa.JSON(), nullable=False),
        sa.Column("valid_until", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "id", name="pk_batch_reports"),
        _of_batch("batch_reports"),
    )
    op.create_index("ix_batch_reports_batch_id", "batch_reports", ["batch_id"])


def _of_batch(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["account", "batch_id"],
        ["batches.account", "batches.id"],
        name=f"fk_{table}_account_batch_id_batches",
        ondelete="CASCADE",
    )


def downgrade() -> None:
    for table in ("batch_reports", "batch_nodes", "batch_workloads", "batches"):
        op.drop_table(table)
