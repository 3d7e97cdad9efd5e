"""What article pages say of summaries and pictures, when lists date stories anew, bugs, and the icons of sources."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; make the table."""
    moment = sa.DateTime(timezone=True)
    op.add_column("articles", sa.Column("summary", sa.Text))
    op.add_column("articles", sa.Column("picture", sa.Text))
    op.add_column("statements", sa.Column("dated", moment))
    op.add_column("sources", sa.Column("bugs", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "icons",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("tried", moment, nullable=False),
        sa.Column("taken", moment),
        sa.Column("kind", sa.Text),
        sa.Column("content", sa.LargeBinary),
        sa.PrimaryKeyConstraint("source", name="pk_icons"),
        sa.ForeignKeyConstraint(["source"], ["sources.id"], name="fk_icons_source"),
    )
