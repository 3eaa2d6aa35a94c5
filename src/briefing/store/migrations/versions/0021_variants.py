"""Variants: what each reader wants of a list, and the forms of an edition that were made for it."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Make the tables and columns; nobody has chosen anything yet."""
    op.create_table(
        "choices",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_choices"),
        sa.UniqueConstraint("topics", "days", "weekly", name="uq_choices_topics"),
    )
    op.create_table(
        "variants",
        sa.Column("mailing", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("stories", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["mailing"], ["mailings.number"], name="fk_variants_mailing"),
        sa.PrimaryKeyConstraint("mailing", "number", name="pk_variants"),
    )
    op.create_table(
        "shares",
        sa.Column("mailing", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("choice", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("had", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("variant", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["mailing"], ["mailings.number"], name="fk_shares_mailing"),
        sa.PrimaryKeyConstraint("mailing", "choice", "had", name="pk_shares"),
    )
    op.add_column("subscribers", sa.Column("choice", sa.Integer(), nullable=True))
    op.add_column("subscribers", sa.Column("resumes", sa.Double(), nullable=True))
    number = sa.Column("variant", sa.SmallInteger(), nullable=False, server_default="0")
    op.add_column("deliveries", number)
    words = sa.Column("variants", sa.Text(), nullable=False, server_default="")
    op.add_column("approvals", words)


def downgrade() -> None:
    """Drop them; an older program sends everybody the whole edition, every day."""
    op.drop_column("approvals", "variants")
    op.drop_column("deliveries", "variant")
    op.drop_column("subscribers", "resumes")
    op.drop_column("subscribers", "choice")
    op.drop_table("shares")
    op.drop_table("variants")
    op.drop_table("choices")
