"""What lets two letters be looked for by the index of texts, on SQLite."""

from __future__ import annotations

from alembic import op

from feedbuilder.store.migrations import search_index

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two of them, where there is the index."""
    if op.get_context().dialect.name == "sqlite" and search_index.is_possible():
        for statement in search_index.OF_TWO_LETTERS:
            op.execute(statement)
