"""Why a source's list was chosen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the note to the sources."""
    op.add_column("sources", sa.Column("origin", sa.Text))
