"""The items of each tag in the order in which they came."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from feedbuilder.store.migrations import triggers

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_KEYS = {"statement_tags": ("item", "source", "key"), "article_tags": ("item", "key")}
_HANGS_ON = {
    "statement_tags": (["item", "source"], ["statements.item", "statements.source"]),
    "article_tags": (["item"], ["articles.item"]),
}


def upgrade() -> None:
    """Add when each item came to its tags, and the index, which takes the place of one that is asked no more."""
    dialect = op.get_context().dialect.name
    for table in _KEYS:
        op.drop_index(f"ix_{table}_key_name", table)
        if dialect == "sqlite":
            _make_anew(table)
        else:
            _add(table)
        op.create_index(f"ix_{table}_key_first_seen_item", table, ["key", "first_seen", "item"])
    if dialect == "sqlite":
        for statement in triggers.of_tags(dialect):
            op.execute(statement)
    for statement in triggers.of_tags_in_order(dialect):
        op.execute(statement)


def _add(table: str) -> None:
    op.add_column(table, sa.Column("first_seen", sa.DateTime(timezone=True)))
    op.execute(f"UPDATE {table} SET first_seen = identities.first_seen FROM identities WHERE id = item")  # noqa: S608
    op.alter_column(table, "first_seen", nullable=False)


def _make_anew(table: str) -> None:
    """Make the table with its key as all that orders it: one place less where each new row is written."""
    keys, (columns, hangs_on) = _KEYS[table], _HANGS_ON[table]
    op.create_table(
        f"new_{table}",
        *(sa.Column(name, sa.Text, nullable=False) for name in (*keys, "name")),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint(*keys, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(columns, hangs_on, name=f"fk_{table}_{'_'.join(columns)}", ondelete="CASCADE"),
        sqlite_with_rowid=False,
    )
    key = ", ".join(keys)
    # In the order of the key, which the old table has an index of: nothing is sorted, and little is in memory.
    op.execute(
        f"INSERT INTO new_{table} ({key}, name, first_seen) SELECT {key}, name, identities.first_seen "  # noqa: S608
        f"FROM {table} JOIN identities ON identities.id = item ORDER BY {key}"
    )
    op.drop_table(table)
    op.rename_table(f"new_{table}", table)
