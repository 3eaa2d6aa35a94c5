"""Why a letter was refused or came back, in standard words."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column."""
    column = sa.Column("reason", sa.String(length=20), nullable=False, server_default="")
    op.add_column("bounces", column)


def downgrade() -> None:
    """Take it away again; the words of whoever refused stay."""
    with op.batch_alter_table("bounces") as table:
        table.drop_column("reason")
