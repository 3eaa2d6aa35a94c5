"""Confirmation mails that wait for their next try."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "confirmations",
        sa.Column("reader", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.Double(), nullable=False),
        sa.Column("due", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("reader", name=op.f("pk_confirmations")),
    )


def downgrade() -> None:
    """Drop it; who waited for a mail has to ask again."""
    op.drop_table("confirmations")
