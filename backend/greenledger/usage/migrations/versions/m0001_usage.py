"""Nonces, sessions, workloads and reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "nonces",
        sa.Column("value", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("value", name="pk_nonces"),
    )
    op.create_index("ix_nonces_expires_at", "nonces", ["expires_at"])
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_account", "sessions", ["account"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_table(
        "workloads",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("event_id", sa.String(128), nullable=True),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(66), nullable=False),
        sa.Column("salt", sa.String(66), nullable=False),
        sa.Column("workload_hash", sa.String(66), nullable=False),
        sa.Column("methodology", sa.String(66), nullable=False),
        sa.Column("estimate", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "id", name="pk_workloads"),
        sa.UniqueConstraint("account", "event_id", name="uq_workloads_account_event_id"),
    )
    op.create_index("ix_workloads_content_hash", "workloads", ["content_hash"])
    op.create_table(
        "reports",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("id", sa.String(66), nullable=False),
        sa.Column("selection", sa.String(66), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("footprint_hash", sa.String(66), nullable=False),
        sa.Column("signatures", sa.JSON(), nullable=False),
        sa.Column("valid_until", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "id", name="pk_reports"),
        sa.UniqueConstraint("account", "selection", name="uq_reports_account_selection"),
    )
    op.create_index("ix_reports_footprint_hash", "reports", ["footprint_hash"])
    op.create_index("ix_reports_created_at", "reports", ["created_at"])
    op.create_table(
        "report_workloads",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("report_id", sa.String(66), nullable=False),
        sa.Column("workload_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account", "report_id", "workload_id", name="pk_report_workloads"),
        sa.ForeignKeyConstraint(
            ["account", "report_id"],
            ["reports.account", "reports.id"],
            name="fk_report_workloads_account_report_id_reports",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account", "workload_id"],
            ["workloads.account", "workloads.id"],
            name="fk_report_workloads_account_workload_id_workloads",
        ),
    )
    op.create_index("ix_report_workloads_workload_id", "report_workloads", ["workload_id"])


def downgrade() -> None:
    for table in ("report_workloads", "reports", "workloads", "sessions", "nonces"):
        op.drop_table(table)
