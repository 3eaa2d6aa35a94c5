"""What the relay and the mailbox hosts allow, shared by all senders."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "rate_tokens",
        sa.Column("scope", sa.String(length=300), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("free_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "number", name=op.f("pk_rate_tokens")),
    )
    op.create_table(
        "rate_shares",
        sa.Column("scope", sa.String(length=300), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_rate_shares")),
    )


def downgrade() -> None:
    """Drop them again; an older program counts for itself."""
    op.drop_table("rate_shares")
    op.drop_table("rate_tokens")
