"""How tags are spelled, for counting; and the addresses that tags were given."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice

import sqlalchemy as sa
from alembic import op

from feedbuilder.model.wording import tag_key, tag_name

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BATCH = 1000

Rows = Iterator[dict[str, str]]


def upgrade() -> None:
    """Make the tables of tags anew, filled from what lists and articles said, which they only index."""
    op.drop_table("statement_tags")
    statement_tags = op.create_table(
        "statement_tags",
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("item", "source", "key", name="pk_statement_tags"),
        sa.ForeignKeyConstraint(
            ["item", "source"],
            ["statements.item", "statements.source"],
            name="fk_statement_tags_item_source",
            ondelete="CASCADE",
        ),
    )
    op.drop_table("article_tags")
    article_tags = op.create_table(
        "article_tags",
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("item", "key", name="pk_article_tags"),
        sa.ForeignKeyConstraint(["item"], ["articles.item"], name="fk_article_tags_item", ondelete="CASCADE"),
    )
    _fill(statement_tags, "SELECT item, source, tags FROM statements WHERE tags <> '[]'")
    _fill(article_tags, "SELECT item, tags FROM articles WHERE tags <> '[]'")
    for table in ("statement_tags", "article_tags"):
        op.create_index(f"ix_{table}_key_name", table, ["key", "name"])
    op.create_table(
        "tag_feeds",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("table", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_tag_feeds"),
    )


def _fill(table: sa.Table, query: str) -> None:
    connection = op.get_bind()
    rows = _rows(connection.execute(sa.text(query)).mappings().all())
    while batch := list(islice(rows, BATCH)):
        connection.execute(table.insert(), batch)


def _rows(said: Sequence[sa.RowMapping]) -> Rows:
    for row in said:
        place = {name: value for name, value in row.items() if name != "tags"}
        named = {tag_key(tag): tag_name(tag) for tag in reversed(json.loads(row["tags"]))}
        yield from ({**place, "key": key, "name": name} for key, name in named.items() if key)
