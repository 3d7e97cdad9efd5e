"""How the pages of sources call themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nothing is known yet."""
    op.add_column("list_memories", sa.Column("names", sa.Text))
