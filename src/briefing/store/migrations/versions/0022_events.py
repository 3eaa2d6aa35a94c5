"""Events: what editors joined and told apart, and which event each printed piece told of."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Make the table and the columns."""
    op.create_table(
        "event_rulings",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("joined", sa.Boolean(), nullable=False),
        sa.Column("piece", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("withdrawn", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_event_rulings"),
    )
    for table, name, kind in _COLUMNS:
        op.add_column(table, sa.Column(name, kind, nullable=False, server_default=""))


def downgrade() -> None:
    """Drop them."""
    for table, name, _ in reversed(_COLUMNS):
        op.drop_column(table, name)
    op.drop_table("event_rulings")


_COLUMNS = (
    ("printed", "event", sa.String(length=20)),
    ("printed", "headline", sa.Text()),
    ("seen_entries", "told_by", sa.Text()),
)
