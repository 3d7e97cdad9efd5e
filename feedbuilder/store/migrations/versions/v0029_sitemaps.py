"""By what the sitemaps of an index are asked whether they have changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, empty: the next readings fill it."""
    op.add_column("sources", sa.Column("sitemaps", sa.Text))
