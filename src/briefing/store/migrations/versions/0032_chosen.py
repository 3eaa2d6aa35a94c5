"""Chosen: who chose something, and who is back on a day, found without looking through all readers."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"

_INDEXES = {
    "ix_subscribers_chosen": ("list", sa.text("choice IS NOT NULL")),
    "ix_subscribers_resumes": ("resumes", sa.text("resumes IS NOT NULL")),
}


def upgrade() -> None:
    """Index those few."""
    for name, (column, only) in _INDEXES.items():
        op.create_index(name, "subscribers", [column], sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    """Drop the indexes; an older program looks through all readers."""
    for name in _INDEXES:
        op.drop_index(name, "subscribers")
