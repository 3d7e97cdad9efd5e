"""The items of each source in the order in which they came."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from feedbuilder.store.migrations import triggers

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, take in what is there, and let the database note what comes."""
    op.create_table(
        "arrivals",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("source", "first_seen", "item", name="pk_arrivals"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO arrivals (source, first_seen, item) SELECT source, identities.first_seen, item "
        "FROM statements JOIN identities ON identities.id = item ORDER BY source, identities.first_seen, item"
    )
    for statement in triggers.of_arrivals(op.get_context().dialect.name):
        op.execute(statement)
