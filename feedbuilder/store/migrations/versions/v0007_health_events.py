"""What happened to sources, and whether people know that one fails."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and add the column; of what failed before, people are told once."""
    op.create_table(
        "health_events",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True)),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("number", name="pk_health_events"),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_health_events_source"),
    )
    op.add_column("sources", sa.Column("incident", sa.DateTime(timezone=True)))
