"""The texts that lists show of their articles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from feedbuilder.store.migrations import triggers

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, in which nothing stands yet, and let a change of them count as one."""
    op.add_column("items", sa.Column("listed_html", sa.Text))
    op.add_column("statements", sa.Column("content_html", sa.Text))
    op.add_column("statements", sa.Column("former_contents", sa.Text, nullable=False, server_default="[]"))
    for statement in triggers.of_listed_texts(op.get_context().dialect.name):
        op.execute(statement)
