"""What a database knows of its house: key, books, who left; and the chain of the desk's log."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "house",
        sa.Column("name", sa.String(length=63), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_house"),
    )
    op.create_table(
        "departed",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_departed"),
    )
    op.create_table(
        "stamps",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_stamps"),
    )
    op.add_column("sessions", sa.Column("browser", sa.Text(), nullable=False, server_default=""))
    chain = sa.Column("chain", sa.String(length=64), nullable=False, server_default="")
    op.add_column("deeds", chain)


def downgrade() -> None:
    """Drop them; an older program keeps no book."""
    op.drop_column("deeds", "chain")
    op.drop_column("sessions", "browser")
    op.drop_table("stamps")
    op.drop_table("departed")
    op.drop_table("house")
