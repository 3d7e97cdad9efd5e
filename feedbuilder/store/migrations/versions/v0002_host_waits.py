"""Hosts that want to be left alone; requests are found without a walk over all sources."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the index."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "host_waits",
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("until", moment, nullable=False),
        sa.Column("since", moment, nullable=False),
        sa.Column("refusals", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("status", sa.Integer),
        sa.PrimaryKeyConstraint("place", name="pk_host_waits"),
    )
    asked = sa.text("requested IS NOT NULL")
    op.create_index("ix_sources_requested", "sources", ["requested"], sqlite_where=asked, postgresql_where=asked)
