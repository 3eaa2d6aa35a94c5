"""Several senders: who holds which delivery and until when, and who they are."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns and tables."""
    op.add_column("deliveries", sa.Column("worker", sa.String(length=63), nullable=True))
    op.add_column("deliveries", sa.Column("lease", sa.Double(), nullable=True))
    _index("due IS NOT NULL")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE deliveries SET (fillfactor = 70)")
    op.create_table(
        "senders",
        sa.Column("worker", sa.String(length=63), nullable=False),
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("since", sa.Double(), nullable=False),
        sa.Column("seen", sa.Double(), nullable=False),
        sa.Column("posted", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("worker", name=op.f("pk_senders")),
    )


def downgrade() -> None:
    """Take them away again; leases mean nothing to an older program."""
    op.drop_table("senders")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE deliveries RESET (fillfactor)")
    _index("state = 'deferred'")
    op.drop_column("deliveries", "lease")
    op.drop_column("deliveries", "worker")


def _index(condition: str) -> None:
    op.drop_index("ix_deliveries_due", table_name="deliveries")
    where = sa.text(condition)
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["mailing", "due"],
        unique=False,
        sqlite_where=where,
        postgresql_where=where,
    )
