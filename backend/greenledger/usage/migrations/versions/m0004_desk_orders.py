"""Orders that are paid through the desk, and the fees of a quote."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("desk_id", sa.String(66), nullable=True),
        sa.Column("desk_order", sa.JSON(), nullable=True),
        sa.Column("seller_signature", sa.String(200), nullable=True),
        sa.Column("certificate", sa.String(66), nullable=True),
        sa.Column("reference", sa.String(64), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        # The defaults are for rows from before; new ones state each.
        sa.Column("bought", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("requotes", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("acts", sa.Integer(), nullable=False, server_default="0"),
    )


INDEXED = ("desk_id", "certificate")


def upgrade() -> None:
    # Column by column, not in a batch: that would make the tables anew, and other tables refer to them.
    for column in _columns():
        op.add_column("orders", column)
    op.add_column("order_steps", sa.Column("transaction_hash", sa.String(66), nullable=True))
    fee_cents = sa.Column("fee_cents", sa.BigInteger(), nullable=False, server_default="0")
    op.add_column("quotes", fee_cents)
    for name in INDEXED:
        op.create_index(f"ix_orders_{name}", "orders", [name])
    # A row from before was asked for when it was made: whether it was bought only the market can say.
    op.execute("UPDATE orders SET asked_at = created_at")
    op.execute("UPDATE orders SET bought = true WHERE proof IS NOT NULL AND state <> 'placed'")
    op.execute("UPDATE orders SET reference = (SELECT reference FROM quotes WHERE " + _SAME_QUOTE + ")")
    # `placed` meant "to be placed": now it means that the market has it, so those begin with the effect.
    op.execute(
        "INSERT INTO outbox (account, key, kind, payload, attempts, created_at, due_at) "
        "SELECT account, 'order/' || id || '/1/place', 'place', '{}', 0, created_at, created_at "
        "FROM orders WHERE state = 'placed'"
    )
    op.execute("UPDATE orders SET state = 'paid', acts = 1, due_at = NULL WHERE state = 'placed'")


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE kind IN ('place', 'fulfil', 'decline')")
    op.execute("UPDATE orders SET state = 'placed', due_at = created_at WHERE state = 'paid'")
    for name in INDEXED:
        op.drop_index(f"ix_orders_{name}", "orders")
    op.drop_column("quotes", "fee_cents")
    op.drop_column("order_steps", "transaction_hash")
    for column in _columns():
        op.drop_column("orders", column.name)


_SAME_QUOTE = "quotes.account = orders.account AND quotes.id = orders.quote_id"
