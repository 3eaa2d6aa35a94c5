"""Approvals, slots, what was printed, and what people were told."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
    )
    op.create_index("ix_approvals_edition", "approvals", ["edition"], unique=False)
    op.create_table(
        "slots",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("briefing", sa.String(length=63), nullable=False),
        sa.Column("slot", sa.String(length=80), nullable=False),
        sa.Column("due", sa.Double(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("edition", sa.String(length=100), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.CheckConstraint(
            "state IN ('drafting', 'drafted', 'sending', 'sent', 'missed', 'skipped')",
            name=op.f("ck_slots_state"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_slots"),
        sa.UniqueConstraint("briefing", "slot", name="uq_slots_briefing"),
    )
    op.create_table(
        "printed",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("briefing", sa.String(length=63), nullable=False),
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("fingerprint", sa.String(length=72), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("words", sa.String(length=64), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_printed"),
    )
    op.create_index("ix_printed_briefing", "printed", ["briefing", "at"], unique=False)
    op.create_table(
        "alerts",
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_alerts"),
    )


def downgrade() -> None:
    """Drop them, and what they hold."""
    op.drop_table("alerts")
    op.drop_table("printed")
    op.drop_table("slots")
    op.drop_table("approvals")
