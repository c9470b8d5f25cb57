"""Rows to lock while something is decided about an account, over several gateways."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_locks",
        sa.Column("account", sa.String(42), nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_account_locks"),
    )


def downgrade() -> None:
    op.drop_table("account_locks")
