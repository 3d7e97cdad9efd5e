"""How long sites took to answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of earlier readings nobody knows."""
    op.add_column("runs", sa.Column("response", sa.BigInteger))
