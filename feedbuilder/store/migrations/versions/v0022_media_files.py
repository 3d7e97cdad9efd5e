"""What servers say of the sound and video of articles, and what articles' own pages have of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from feedbuilder.store.migrations import triggers

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the column; what is known already is asked for when its list shows it otherwise."""
    op.add_column("articles", sa.Column("enclosures", sa.Text, nullable=False, server_default="[]"))
    op.create_table(
        "media_files",
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("kind", sa.Text),
        sa.Column("size", sa.BigInteger),
        sa.Column("due", sa.DateTime(timezone=True)),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("item", "digest", name="pk_media_files"),
        sa.ForeignKeyConstraint(["item"], ["items.id"], name="fk_media_files_item", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_media_files_source"),
    )
    op.create_index("ix_media_files_source_due", "media_files", ["source", "due"])
    op.create_index("ix_media_files_digest", "media_files", ["digest"])
    for statement in triggers.of_media_files(op.get_context().dialect.name):
        op.execute(statement)
