"""What telemetry remembers: sources, spans, series, and events on their way."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "telemetry_sources",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("signal", sa.String(8), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "source", name="pk_telemetry_sources"),
    )
    op.create_table(
        "telemetry_spans",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("trace_id", sa.String(32), nullable=False),
        sa.Column("span_id", sa.String(16), nullable=False),
        sa.Column("mark", sa.String(8), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "trace_id", "span_id", name="pk_telemetry_spans"),
    )
    op.create_index("ix_telemetry_spans_account_seen_at", "telemetry_spans", ["account", "seen_at"])
    op.create_table(
        "telemetry_series",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("series", sa.String(64), nullable=False),
        sa.Column("counted", sa.JSON(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "series", name="pk_telemetry_series"),
    )
    op.create_table(
        "telemetry_events",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("event_id", sa.String(128), nullable=False),
        sa.Column("workload", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("account", "event_id", name="pk_telemetry_events"),
    )


def downgrade() -> None:
    for table in ("telemetry_events", "telemetry_series", "telemetry_spans", "telemetry_sources"):
        op.drop_table(table)
