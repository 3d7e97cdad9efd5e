"""What WebSub hubs were told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "hubs",
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("since", sa.DateTime(timezone=True)),
        sa.Column("not_before", sa.DateTime(timezone=True)),
        sa.Column("error", sa.Text),
        sa.PrimaryKeyConstraint("address", name="pk_hubs"),
    )
    op.create_table(
        "pinged",
        sa.Column("hub", sa.Text, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("hub", "slug", name="pk_pinged"),
        sa.ForeignKeyConstraint(["hub"], ["hubs.address"], name="fk_pinged_hub", ondelete="CASCADE"),
    )
