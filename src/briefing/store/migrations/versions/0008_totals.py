"""What stays of ledgers that were archived: how many deliveries stood how."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "totals",
        sa.Column("mailing", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailing"], ["mailings.number"], name=op.f("fk_totals_mailing_mailings")
        ),
        sa.PrimaryKeyConstraint("mailing", "state", name=op.f("pk_totals")),
    )


def downgrade() -> None:
    """Drop it again; an older program shows archived editions without letters."""
    op.drop_table("totals")
