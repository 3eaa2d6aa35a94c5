"""What people and their programs answered to letters."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "replies",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("handed", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("mark", name="pk_replies"),
    )
    op.create_index("ix_replies_at", "replies", ["at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("replies")
