"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables."""
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "sources",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("zone", sa.Text),
        sa.Column("removed", moment),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("interval", sa.BigInteger),
        sa.Column("next_due", moment),
        sa.Column("blocked_until", moment),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_run", moment),
        sa.Column("last_success", moment),
        sa.Column("last_change", moment),
        sa.Column("error", sa.Text),
        sa.Column("requested", moment),
        sa.Column("landed", sa.Text),
        sa.Column("doubts", sa.Text, nullable=False),
        sa.Column("origin", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
    )
    op.create_table(
        "source_tags",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("source", "key", name="pk_source_tags"),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_source_tags_source", ondelete="CASCADE"),
    )
    op.create_index("ix_source_tags_key", "source_tags", ["key"])
    op.create_table(
        "identities",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("canonical", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("published", moment, nullable=False),
        sa.Column("precision", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("first_seen", moment, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("announced", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_identities"),
        sa.UniqueConstraint("digest", name="uq_identities_digest"),
    )
    op.create_index(
        "ix_identities_newest",
        "identities",
        [sa.text("first_seen DESC"), sa.text("published DESC"), "position", sa.text("id DESC")],
    )
    op.create_table(
        "items",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("summary", sa.Text),
        sa.Column("authors", sa.Text, nullable=False),
        sa.Column("image", sa.Text),
        sa.Column("enclosures", sa.Text, nullable=False),
        sa.Column("changed", moment, nullable=False),
        sa.Column("folded", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_items"),
        sa.ForeignKeyConstraint(["id"], ["identities.id"], name="fk_items_id"),
    )
    op.create_table(
        "statements",
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("summary", sa.Text),
        sa.Column("authors", sa.Text, nullable=False),
        sa.Column("image", sa.Text),
        sa.Column("enclosures", sa.Text, nullable=False),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("first_seen", moment, nullable=False),
        sa.Column("last_seen", moment, nullable=False),
        sa.Column("revised", moment),
        sa.Column("former_images", sa.Text, nullable=False),
        sa.Column("former_titles", sa.Text, nullable=False),
        sa.Column("former_summaries", sa.Text, nullable=False),
        sa.Column("assumed", sa.Boolean, nullable=False),
        sa.Column("listed", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("item", "source", name="pk_statements"),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="fk_statements_item", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_statements_source"),
    )
    op.create_index("ix_statements_source_listed_item", "statements", ["source", "listed", "item"])
    op.create_index("ix_statements_last_seen_item", "statements", ["last_seen", "item"])
    op.create_table(
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
    op.create_index("ix_statement_tags_key_name", "statement_tags", ["key", "name"])
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
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("item", "key", name="pk_article_tags"),
        sa.ForeignKeyConstraint(["item"], ["articles.item"], name="fk_article_tags_item", ondelete="CASCADE"),
    )
    op.create_index("ix_article_tags_key_name", "article_tags", ["key", "name"])
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
        "address_rules",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("learnt", moment, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("tells_apart", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("source", "place", "name", name="pk_address_rules"),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_address_rules_source"),
    )
    op.create_table(
        "backlogs",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("shown", sa.Boolean, nullable=False),
        sa.Column("oldest", moment, nullable=False),
        sa.Column("newest", moment, nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_backlogs"),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_backlogs_source"),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=True, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("started", moment, nullable=False),
        sa.Column("finished", moment, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("found", sa.Integer, nullable=False),
        sa.Column("new", sa.Integer, nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("status", sa.Integer),
        sa.Column("retry_after", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_runs_source"),
    )
    op.create_index("ix_runs_source_id", "runs", ["source", "id"])
    op.create_table(
        "feeds",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_feeds"),
    )
    op.create_table(
        "tag_feeds",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("table", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("slug", name="pk_tag_feeds"),
    )
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
