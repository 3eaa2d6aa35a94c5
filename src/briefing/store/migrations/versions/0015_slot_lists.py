"""A slot may go to another list than its briefing's."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the column; empty means the briefing's own list."""
    column = sa.Column("list", sa.String(length=63), nullable=False, server_default="")
    op.add_column("slots", column)


def downgrade() -> None:
    """Drop it; an older program sends to the briefing's list."""
    op.drop_column("slots", "list")
