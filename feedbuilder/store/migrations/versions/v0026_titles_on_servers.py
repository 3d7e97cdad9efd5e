"""An index by which the stories of a source are found by what it called them, on PostgreSQL too."""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index. It holds the first letters: PostgreSQL takes no key as long as a title may be."""
    if op.get_context().dialect.name == "postgresql":
        op.execute("CREATE INDEX searched_titles ON statements (source, (left(title, 200)))")
