"""Leases of orders, the outbox, what was followed of the chain, and what was sent to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHAIN = (("chain_id", sa.BigInteger()), ("contracts", sa.String(64)))


def upgrade() -> None:
    with op.batch_alter_table("orders") as orders:
        orders.add_column(sa.Column("locked_until", sa.BigInteger(), nullable=True))
        orders.add_column(sa.Column("locked_by", sa.String(64), nullable=True))
    op.create_table(
        "outbox",
        sa.Column("account", sa.String(42), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("error", sa.String(1000), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("locked_until", sa.BigInteger(), nullable=True),
        sa.Column("locked_by", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("account", "key", name="pk_outbox"),
    )
    op.create_index("ix_outbox_due_at", "outbox", ["due_at"])
    _followed()
    _sent()


def _followed() -> None:
    op.create_table(
        "chain_cursors",
        *(sa.Column(name, kind, nullable=False, autoincrement=False) for name, kind in CHAIN),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(66), nullable=False),
        sa.PrimaryKeyConstraint("chain_id", "contracts", name="pk_chain_cursors"),
    )
    op.create_table(
        "chain_blocks",
        *(sa.Column(name, kind, nullable=False, autoincrement=False) for name, kind in CHAIN),
        sa.Column("number", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("hash", sa.String(66), nullable=False),
        sa.PrimaryKeyConstraint("chain_id", "contracts", "number", name="pk_chain_blocks"),
    )
    op.create_table(
        "chain_events",
        *(sa.Column(name, kind, nullable=False, autoincrement=False) for name, kind in CHAIN),
        sa.Column("block_hash", sa.String(66), nullable=False),
        sa.Column("log_index", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("block", sa.BigInteger(), nullable=False),
        sa.Column("transaction_hash", sa.String(66), nullable=False),
        sa.Column("contract", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(66), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("found_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("chain_id", "contracts", "block_hash", "log_index", name="pk_chain_events"),
    )
    block = ["chain_id", "contracts", "block"]
    op.create_index("ix_chain_events_chain_id_contracts_block", "chain_events", block)
    op.create_index("ix_chain_events_subject", "chain_events", ["subject"])


def _sent() -> None:
    op.create_table(
        "sender_nonces",
        sa.Column("chain_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("sender", sa.String(42), nullable=False),
        sa.Column("next_nonce", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chain_id", "sender", name="pk_sender_nonces"),
    )
    op.create_table(
        "transactions",
        sa.Column("chain_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("sender", sa.String(42), nullable=False),
        sa.Column("nonce", sa.BigInteger(), nullable=False),
        sa.Column("to_address", sa.String(42), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("value_wei", sa.String(78), nullable=False),
        sa.Column("gas", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(1000), nullable=True),
        sa.Column("mined_hash", sa.String(66), nullable=True),
        sa.Column("block", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("chain_id", "key", name="pk_transactions"),
        sa.UniqueConstraint("chain_id", "sender", "nonce", name="uq_transactions_chain_id_sender_nonce"),
    )
    op.create_table(
        "transaction_bids",
        sa.Column("chain_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("hash", sa.String(66), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("max_fee_wei", sa.String(39), nullable=False),
        sa.Column("priority_fee_wei", sa.String(39), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chain_id", "key", "position", name="pk_transaction_bids"),
        sa.ForeignKeyConstraint(
            ["chain_id", "key"],
            ["transactions.chain_id", "transactions.key"],
            name="fk_transaction_bids_chain_id_key_transactions",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    chain = (
        "transaction_bids",
        "transactions",
        "sender_nonces",
        "chain_events",
        "chain_blocks",
        "chain_cursors",
    )
    for table in (*chain, "outbox"):
        op.drop_table(table)
    # Not in a batch: SQLite would make the table anew, and dropping the old one deletes the orders' steps.
    for column in ("locked_by", "locked_until"):
        op.drop_column("orders", column)
