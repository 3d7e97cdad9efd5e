"""Since when further pages of a list could not be read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; a gap was counted among what is strange before, and when it began nobody knows."""
    op.add_column("list_memories", sa.Column("gap_since", sa.DateTime(timezone=True)))
    op.add_column("list_memories", sa.Column("gap_tries", sa.Integer))
    op.execute("UPDATE list_memories SET gap_tries = 1 WHERE strange LIKE '%\"unread-pages\"%'")
