"""An index by which the stories of a source are found by what it called them, on SQLite."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index. PostgreSQL takes no key as long as a title may be."""
    if op.get_context().dialect.name == "sqlite":
        op.execute("CREATE INDEX searched_titles ON statements (source, title)")
