"""What is kept of the cards of lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "kept_cards",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_kept_cards"),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_kept_cards_source", ondelete="CASCADE"),
    )
