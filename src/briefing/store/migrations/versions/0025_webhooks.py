"""What systems of the house's own are to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "outgoing_calls",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("hook", sa.String(length=63), nullable=False),
        sa.Column("event", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.Double(), nullable=False),
        sa.Column("done", sa.Double(), nullable=True),
        sa.Column("given_up", sa.Boolean(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outgoing_calls"),
        sa.UniqueConstraint("hook", "event", name="uq_outgoing_calls_hook"),
    )
    op.create_index("ix_outgoing_calls_at", "outgoing_calls", ["at"])
    op.create_index("ix_outgoing_calls_next_try", "outgoing_calls", ["next_try"])
    op.create_table(
        "told_mailings",
        sa.Column("mailing", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("mailing", name="pk_told_mailings"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("told_mailings")
    op.drop_table("outgoing_calls")
