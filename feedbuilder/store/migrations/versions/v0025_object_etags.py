"""What a service of objects called each file that was put there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column; of what stands there already, sizes are compared until it is put anew."""
    op.add_column("printed_files", sa.Column("etag", sa.Text))
