"""Whose turn it is to ask a host, where several processes do."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of turns."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "host_turns",
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("free_at", moment, nullable=False),
        sa.Column("taken_until", moment),
        sa.Column("token", sa.Text),
        sa.PrimaryKeyConstraint("place", name="pk_host_turns"),
    )
