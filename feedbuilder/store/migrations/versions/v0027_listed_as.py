"""By what the list of a source, and its page, are known again as long as all of it stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, empty: the next readings fill them."""
    op.add_column("sources", sa.Column("listed_as", sa.Text))
    op.add_column("sources", sa.Column("page_as", sa.Text))
