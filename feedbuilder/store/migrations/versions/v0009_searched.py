"""An index by which items are found by any part of their texts, on SQLite."""

from __future__ import annotations

from alembic import op

from feedbuilder.store.migrations import search_index

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index and take in what is there."""
    if op.get_context().dialect.name == "sqlite" and search_index.is_possible():
        for statement in search_index.statements():
            op.execute(statement)
