"""What pages said whose changes are watched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "editions",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("settings", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("former", sa.Text, nullable=False),
        sa.Column("restless", sa.Integer, nullable=False),
        sa.Column("doubted", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_editions"),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_editions_source", ondelete="CASCADE"),
    )
