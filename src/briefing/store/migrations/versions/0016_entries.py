"""Entries: what became of each one that was seen, and its page for drafts after it has left its feed."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the columns; of what was seen before, nobody knows more."""
    for column in (
        sa.Column("name", sa.Text(), nullable=False, server_default=""),
        sa.Column("headline", sa.Text(), nullable=False, server_default=""),
        sa.Column("moment", sa.Double(), nullable=False, server_default="0"),
        sa.Column("changed", sa.Double(), nullable=False, server_default="0"),
        sa.Column("state", sa.String(length=10), nullable=False, server_default="new"),
        sa.Column("reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("edition", sa.String(length=100), nullable=False, server_default=""),
        sa.Column("facts", sa.Text(), nullable=False, server_default=""),
        sa.Column("body", sa.LargeBinary(), nullable=True),
    ):
        op.add_column("seen_entries", column)


def downgrade() -> None:
    """Drop them; an older program reads the last copy of a feed alone."""
    for name in (
        "body",
        "facts",
        "edition",
        "reason",
        "state",
        "changed",
        "moment",
        "headline",
        "name",
    ):
        op.drop_column("seen_entries", name)
