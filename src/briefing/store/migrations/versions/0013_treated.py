"""What the desk did with each piece of an edition: dropped ones too, with their section and source."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the columns; what is there was printed."""
    for column in (
        sa.Column("treatment", sa.String(length=10), nullable=False, server_default="printed"),
        sa.Column("section", sa.Text(), nullable=False, server_default=""),
        sa.Column("source", sa.String(length=63), nullable=False, server_default=""),
    ):
        op.add_column("printed", column)


def downgrade() -> None:
    """Forget what was dropped; an older program would take it for printed."""
    op.execute("DELETE FROM printed WHERE treatment = 'dropped'")
    for name in ("source", "section", "treatment"):
        op.drop_column("printed", name)
