"""Pictures: what editors put to stories, kept by its bytes and served by this house."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "pictures",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_pictures"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("pictures")
