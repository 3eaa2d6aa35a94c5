"""What each edition was made from and with, so that its letter can be built again."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "manifests",
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("made", sa.String(length=10), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "made", "hash", name="pk_manifests"),
    )


def downgrade() -> None:
    """Drop it; an older program builds nothing again."""
    op.drop_table("manifests")
