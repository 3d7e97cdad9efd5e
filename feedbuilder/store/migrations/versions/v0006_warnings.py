"""What of a list was not found when its page was last read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nothing is known yet."""
    op.add_column("sources", sa.Column("warning", sa.Text))
