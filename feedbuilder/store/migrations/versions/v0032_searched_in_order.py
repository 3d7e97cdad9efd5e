"""By what a search in the index of texts knows that all that is left came earlier, on SQLite."""

from __future__ import annotations

from alembic import op

from feedbuilder.store.migrations import search_index

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_IS_THERE = "SELECT 1 FROM sqlite_master WHERE name = 'searched'"


def upgrade() -> None:
    """Note it of what is there, where there is the index."""
    if op.get_context().dialect.name == "sqlite" and op.get_bind().exec_driver_sql(_IS_THERE).first():
        for statement in search_index.in_order():
            op.execute(statement)
