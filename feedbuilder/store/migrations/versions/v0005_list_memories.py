"""What the lists of sources usually look like, and by which selectors they were found again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "list_memories",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("profile", sa.Text),
        sa.Column("strange", sa.Text, nullable=False),
        sa.Column("repair", sa.Text),
        sa.PrimaryKeyConstraint("source", name="pk_list_memories"),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_list_memories_source", ondelete="CASCADE"),
    )
