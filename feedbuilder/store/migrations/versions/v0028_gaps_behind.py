"""How many pages of a list are wanted behind what its first reading read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; how many the first reading missed was not written down: as many as are read, which is told."""
    op.add_column("list_memories", sa.Column("gap_behind", sa.Integer))
    op.execute("UPDATE list_memories SET gap_behind = 0 WHERE gap_tries IS NOT NULL")
    op.execute("UPDATE list_memories SET gap_behind = 1000 WHERE gap_tries IS NOT NULL AND gap_since IS NULL")
