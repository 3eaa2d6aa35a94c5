"""What readers said of editions, counted."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "opinions",
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("good", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "good", name="pk_opinions"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("opinions")
