"""By what the page of a source is known again when nothing but what always moves has moved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty: the next readings fill it."""
    op.add_column("list_memories", sa.Column("still", sa.LargeBinary))
