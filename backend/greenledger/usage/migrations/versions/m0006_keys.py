"""API keys, the audit log and rate buckets.

The audit log is append-only by triggers. They belong to the table: a migration that makes the table anew, as
SQLite's batch mode does, has to make them anew too (`protect_audit`).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

AUDIT_KEPT_S = 400 * 86_400  # greenledger.usage.audit.KEPT_DAYS


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("last_used_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("account", "id", name="pk_api_keys"),
        sa.UniqueConstraint("account", "place", name="uq_api_keys_account_place"),
    )
    op.create_index("ix_api_keys_id", "api_keys", ["id"])
    op.create_table(
        "audit_entries",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(128), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=True),
        sa.Column("network", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("account", "id", name="pk_audit_entries"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_audit_entries_at", "audit_entries", ["at"])
    protect_audit(op.get_bind().dialect.name)
    # What is in it is worth nothing after a crash, so PostgreSQL need not write it to its log.
    unlogged = ["UNLOGGED"] if op.get_bind().dialect.name == "postgresql" else []
    op.create_table(
        "rate_buckets",
        sa.Column("bucket", sa.String(96), nullable=False),
        sa.Column("started_ms", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("granted", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bucket", name="pk_rate_buckets"),
        prefixes=unlogged,
    )
    op.create_index("ix_rate_buckets_started_ms", "rate_buckets", ["started_ms"])


def protect_audit(dialect: str) -> None:
    """Makes the database refuse every change of an audit entry, and removing one before its time."""
    if dialect == "sqlite":
        _protect_on_sqlite()
    else:
        _protect_on_postgresql()
    if dialect == "postgresql":  # CockroachDB has no trigger for a whole statement
        op.execute(
            "CREATE TRIGGER audit_entries_not_emptied BEFORE TRUNCATE ON audit_entries"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse()"
        )


def _protect_on_postgresql() -> None:
    op.execute(
        f"""
        CREATE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                IF OLD.at < extract(epoch FROM now()) - {AUDIT_KEPT_S} THEN
                    RETURN OLD;
                END IF;
            END IF;
            RAISE EXCEPTION 'audit entries are only added, % is refused', TG_OP;
        END
        $$
        """
    )
    op.execute(
        "CREATE TRIGGER audit_entries_kept BEFORE UPDATE OR DELETE ON audit_entries"
        " FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse()"
    )


def _protect_on_sqlite() -> None:
    refuse = "BEGIN SELECT RAISE(ABORT, 'audit entries are only added, {} is refused'); END"
    op.execute(
        "CREATE TRIGGER audit_entries_not_changed BEFORE UPDATE ON audit_entries " + refuse.format("UPDATE")
    )
    op.execute(
        "CREATE TRIGGER audit_entries_kept BEFORE DELETE ON audit_entries"
        f" WHEN OLD.at >= CAST(strftime('%s', 'now') AS INTEGER) - {AUDIT_KEPT_S} " + refuse.format("DELETE")
    )
    # INSERT OR REPLACE removes a row without asking the trigger for DELETE.
    op.execute(
        "CREATE TRIGGER audit_entries_not_replaced BEFORE INSERT ON audit_entries"
        " WHEN EXISTS (SELECT 1 FROM audit_entries WHERE account = NEW.account AND id = NEW.id) "
        + refuse.format("REPLACE")
    )


def downgrade() -> None:
    for table in ("rate_buckets", "audit_entries", "api_keys"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_entries_refuse")
