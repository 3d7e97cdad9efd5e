"""Pages that are kept to be looked into."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "kept_pages",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("fetched", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("source", "kind", name="pk_kept_pages"),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_kept_pages_source", ondelete="CASCADE"),
    )
    op.create_index("ix_kept_pages_fetched", "kept_pages", ["fetched"])
