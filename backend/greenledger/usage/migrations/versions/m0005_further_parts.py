"""Further parts of a purchase that the market split over several projects."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch: that would make the table anew, and others refer to it. Rows from before have none.
    op.add_column("orders", sa.Column("further", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.execute("DELETE FROM outbox WHERE kind = 'certify'")
    op.drop_column("orders", "further")
