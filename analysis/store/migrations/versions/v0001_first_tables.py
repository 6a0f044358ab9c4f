"""Teams, debriefs and workspaces, each with its owner."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "teams",
        sa.Column("owner", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
        sa.Column("deleted", sa.BigInteger),
    )
    for table, key in (("debriefs", "pair"), ("workspaces", "name")):
        op.create_table(
            table,
            sa.Column("owner", sa.Text, primary_key=True),
            sa.Column(key, sa.Text, primary_key=True),
            sa.Column("payload", sa.Text, nullable=False),
            sa.Column("changed", sa.BigInteger, nullable=False),
        )
