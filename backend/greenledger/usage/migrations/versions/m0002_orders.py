"""Quotes, orders and their steps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quotes",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("market", sa.String(32), nullable=False),
        sa.Column("reference", sa.String(64), nullable=False),
        sa.Column("source_id", sa.String(200), nullable=False),
        sa.Column("project", sa.String(32), nullable=False),
        sa.Column("project_name", sa.String(200), nullable=False),
        sa.Column("registry_key", sa.String(32), nullable=False),
        sa.Column("vintage", sa.Integer(), nullable=False),
        sa.Column("ex_ante", sa.Boolean(), nullable=False),
        sa.Column("amount_ug", sa.String(22), nullable=False),
        sa.Column("cost_cents", sa.BigInteger(), nullable=False),
        sa.Column("price_usd_per_tonne", sa.String(64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "id", name="pk_quotes"),
    )
    op.create_table(
        "orders",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("quote_id", sa.String(32), nullable=False),
        sa.Column("beneficiary_name", sa.String(64), nullable=False),
        sa.Column("message", sa.String(500), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("proof", sa.JSON(), nullable=True),
        sa.Column("reports", sa.JSON(), nullable=False),
        sa.Column("error_code", sa.String(64), nullable=True),
        sa.Column("error_detail", sa.String(1000), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "id", name="pk_orders"),
        sa.ForeignKeyConstraint(
            ["account", "quote_id"], ["quotes.account", "quotes.id"], name="fk_orders_account_quote_id_quotes"
        ),
        sa.UniqueConstraint("account", "quote_id", name="uq_orders_account_quote_id"),
    )
    op.create_index("ix_orders_due_at", "orders", ["due_at"])
    op.create_table(
        "order_steps",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("order_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("account", "order_id", "position", name="pk_order_steps"),
        sa.ForeignKeyConstraint(
            ["account", "order_id"],
            ["orders.account", "orders.id"],
            name="fk_order_steps_account_order_id_orders",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    for table in ("order_steps", "orders", "quotes"):
        op.drop_table(table)
