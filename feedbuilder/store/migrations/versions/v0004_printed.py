"""What stands in the output, what was touched since it was made, and how often tags and items of sources are there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from feedbuilder.store.migrations import triggers

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, count what is there, and let the database note what comes."""
    op.create_table(
        "touched",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=True, nullable=False),
        sa.Column("item", sa.Text),
        sa.Column("tag", sa.Text),
        sa.Column("source", sa.Text),
        sa.PrimaryKeyConstraint("number", name="pk_touched"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_touched_item", "touched", ["item"])
    op.create_index("ix_touched_tag", "touched", ["tag"])
    op.create_index("ix_touched_source", "touched", ["source"])
    op.create_table(
        "tag_counts",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("items", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("key", "name", name="pk_tag_counts"),
    )
    op.create_table(
        "source_counts",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("items", sa.BigInteger, nullable=False),
        sa.Column("listed", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_source_counts"),
    )
    op.create_table(
        "tag_names",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_tag_names"),
    )
    op.create_table(
        "printed",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_printed"),
    )
    op.create_table(
        "printed_entries",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("slug", "document", "item", name="pk_printed_entries"),
        sa.ForeignKeyConstraint(["slug"], ["printed.slug"], name="fk_printed_entries_slug", ondelete="CASCADE"),
    )
    op.create_index("ix_printed_entries_item", "printed_entries", ["item"])
    op.create_table(
        "printed_files",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("modified", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("slug", "path", name="pk_printed_files"),
        sa.ForeignKeyConstraint(["slug"], ["printed.slug"], name="fk_printed_files_slug", ondelete="CASCADE"),
    )
    op.execute(
        "INSERT INTO tag_counts (key, name, items) SELECT key, name, count(*) FROM (SELECT key, name FROM "
        "statement_tags UNION ALL SELECT key, name FROM article_tags) AS tagged GROUP BY key, name"
    )
    op.execute(
        "INSERT INTO source_counts (source, items, listed) SELECT source, count(*), "
        "sum(CASE WHEN listed THEN 1 ELSE 0 END) FROM statements GROUP BY source"
    )
    for statement in triggers.statements(op.get_context().dialect.name):
        op.execute(statement)
