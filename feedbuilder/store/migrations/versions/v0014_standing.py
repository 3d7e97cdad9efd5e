"""By what an item is known again that its list shows as before, until anything that is known of it changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from feedbuilder.store.migrations import triggers

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, in which nothing stands yet, and let the database empty it."""
    op.add_column("statements", sa.Column("standing", sa.Text))
    for statement in triggers.unsettling(op.get_context().dialect.name):
        op.execute(statement)
