"""Tokens of programs that ask the API."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "access_tokens",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=63), nullable=False),
        sa.Column("scopes", sa.String(length=63), nullable=False),
        sa.Column("made", sa.Double(), nullable=False),
        sa.Column("expires", sa.Double(), nullable=False),
        sa.Column("used", sa.Double(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_access_tokens"),
        sa.UniqueConstraint("name", name="uq_access_tokens_name"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("access_tokens")
