"""What articles' own pages say, further addresses of one article, and where the archive documents of feeds end."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "articles",
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("due", moment),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("held_until", moment),
        sa.Column("read", moment),
        sa.Column("title", sa.Text),
        sa.Column("authors", sa.Text, nullable=False),
        sa.Column("image", sa.Text),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("content_html", sa.Text),
        sa.Column("origins", sa.Text),
        sa.PrimaryKeyConstraint("item", name="pk_articles"),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="fk_articles_item", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_articles_source"),
    )
    op.create_index("ix_articles_source_due", "articles", ["source", "due"])
    op.create_index("ix_articles_held_until", "articles", ["held_until"])
    op.create_table(
        "article_tags",
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("item", "key", name="pk_article_tags"),
        sa.ForeignKeyConstraint(["item"], ["articles.item"], name="fk_article_tags_item", ondelete="CASCADE"),
    )
    op.create_index("ix_article_tags_key", "article_tags", ["key"])
    op.create_table(
        "aliases",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("canonical", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_aliases"),
        sa.ForeignKeyConstraint(["item"], ["identities.id"], name="fk_aliases_item"),
    )
    op.create_index("ix_aliases_item", "aliases", ["item"])
    op.create_table(
        "archive_pages",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("first_seen", moment, nullable=False),
        sa.Column("published", moment, nullable=False),
        sa.Column("height", sa.Integer, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("slug", "number", name="pk_archive_pages"),
    )
