"""Workloads by month, event ids apart, request keys, chores."""

from __future__ import annotations

import time
from typing import Any

import sqlalchemy as sa
from alembic import context, op

from greenledger.usage.partitions import REST, Month, months_from

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# A database that cannot have parts, or an operator who wants none, has one table instead.
PARTED = "partitioned"
COLUMNS = (
    "account, id, event_id, canonical, content_hash, salt, workload_hash, methodology, estimate, created_at"
)
LINKS = "account, report_id, workload_id, position"
KEYS = {"workloads": "pk_workloads", "report_workloads": "pk_report_workloads"}


def upgrade() -> None:
    op.create_table(
        "workload_events",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("event_id", sa.String(128), nullable=False),
        sa.Column("workload_id", sa.String(32), nullable=False),
        sa.Column("content_hash", sa.String(66), nullable=False),
        sa.PrimaryKeyConstraint("account", "event_id", name="pk_workload_events"),
    )
    op.execute(
        "INSERT INTO workload_events (account, event_id, workload_id, content_hash) "
        "SELECT account, event_id, id, content_hash FROM workloads WHERE event_id IS NOT NULL"
    )
    _set_aside("ix_workloads_content_hash")
    _create_workloads(sa.Column("erased_at", sa.BigInteger(), nullable=True), parted=_is_parted())
    _create_links()
    _take_back()
    op.create_index("ix_workloads_account_content_hash", "workloads", ["account", "content_hash"])
    _create_requests_and_chores()


def downgrade() -> None:
    for table in ("chores", "idempotency_keys", "workload_events"):
        op.drop_table(table)
    _set_aside("ix_workloads_account_content_hash")
    _create_workloads(
        sa.UniqueConstraint("account", "event_id", name="uq_workloads_account_event_id"), parted=False
    )
    _create_links()
    _take_back()
    op.create_index("ix_workloads_content_hash", "workloads", ["content_hash"])


def _is_parted() -> bool:
    wanted = context.config.attributes.get(PARTED, True)
    return bool(wanted) and op.get_context().dialect.name == "postgresql"


def _set_aside(index: str) -> None:
    """Renames both tables: neither engine can part one, or take its unique key away, where it stands."""
    op.drop_index("ix_report_workloads_workload_id", "report_workloads")
    op.drop_index(index, "workloads")
    # The one that refers goes first, and in the end it is dropped first.
    for table in ("report_workloads", "workloads"):
        op.rename_table(table, f"{table}_before")
        if op.get_context().dialect.name != "sqlite":
            rename = f"RENAME CONSTRAINT {KEYS[table]} TO {KEYS[table]}_before"
            op.execute(f"ALTER TABLE {table}_before {rename}")
    if op.get_context().dialect.name != "sqlite":
        # Not there any more after the first way down: the parted table never had it.
        op.execute("ALTER TABLE workloads_before DROP CONSTRAINT IF EXISTS uq_workloads_account_event_id")


def _create_workloads(extra: sa.schema.SchemaItem, *, parted: bool) -> None:
    options: dict[str, Any] = {"postgresql_partition_by": "RANGE (id)"} if parted else {}
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
        extra,
        **options,
    )
    if parted:
        for month in sorted({*months_from(time.time()), *_months_before()}):
            op.execute(month.creation)
        op.execute(REST)


def _months_before() -> set[Month]:
    """The months of the rows that are there, by the first 6 digits of their ids: 4.7 hours each."""
    if context.is_offline_mode():
        return set()
    starts = op.get_bind().execute(
        sa.text("SELECT DISTINCT substr(id, 1, 6) FROM workloads_before WHERE id ~ '^[0-9a-f]{32}$'")
    )
    ends = ("000000", "ffffff")
    return {Month.of_id(start + end) for (start,) in starts for end in ends}


def _create_links() -> None:
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


def _take_back() -> None:
    op.execute(f"INSERT INTO workloads ({COLUMNS}) SELECT {COLUMNS} FROM workloads_before")
    op.execute(f"INSERT INTO report_workloads ({LINKS}) SELECT {LINKS} FROM report_workloads_before")
    for table in ("report_workloads_before", "workloads_before"):
        op.drop_table(table)


def _create_requests_and_chores() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "key", name="pk_idempotency_keys"),
    )
    op.create_index("ix_idempotency_keys_expires_at", "idempotency_keys", ["expires_at"])
    op.create_table(
        "chores",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("locked_until", sa.BigInteger(), nullable=True),
        sa.Column("locked_by", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_chores"),
    )
    op.create_index("ix_chores_due_at", "chores", ["due_at"])
