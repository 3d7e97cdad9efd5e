"""Who works on a store on a server: on SQLite, a file beside it says so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of holders."""
    op.create_table(
        "holders",
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("configuration", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("host", "configuration", name="pk_holders"),
    )
