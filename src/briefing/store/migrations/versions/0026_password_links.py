"""Password links: where editors are reached, and the links that let them choose another password."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "editor_addresses",
        sa.Column("actor", sa.String(length=63), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.PrimaryKeyConstraint("actor", name="pk_editor_addresses"),
    )
    op.create_table(
        "password_links",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=63), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_password_links"),
    )
    op.create_index("ix_password_links_actor", "password_links", ["actor"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("password_links")
    op.drop_table("editor_addresses")
