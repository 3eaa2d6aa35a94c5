"""Imports write one line for all who arrive together, and one index on their addresses for two."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_STANDINGS = ("pending", "active", "paused", "unsubscribed", "bounced", "complained", "erased")
_EITHER = " OR ".join(f"standing = '{standing}'" for standing in _STANDINGS)
_ONE_OF = f"standing IN ({', '.join(repr(standing) for standing in _STANDINGS)})"


def upgrade() -> None:
    """Make the table; old lines stay where they are, one a reader."""
    op.create_table(
        "arrivals",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_arrivals"),
    )
    if op.get_bind().dialect.name == "sqlite":
        arrival = sa.Column("arrival", sa.Integer(), nullable=True)
        _made_anew(_EITHER, ("email_key", "list"), arrival)
        return
    op.add_column("subscribers", sa.Column("arrival", sa.Integer(), nullable=True))
    op.create_unique_constraint("uq_subscribers_email_key", "subscribers", ["email_key", "list"])
    op.drop_constraint("uq_subscribers_list", "subscribers", type_="unique")
    op.drop_index("ix_subscribers_email_key", table_name="subscribers")
    _check(_EITHER)


def downgrade() -> None:
    """Write a line for each reader again; before all others, because it is their first."""
    op.execute(
        "INSERT INTO changes (id, subscriber, at, was, becomes, cause, actor) "
        "SELECT -subscribers.id, subscribers.id, arrivals.at, '', 'active', "
        "CASE standing WHEN 'erased' THEN 'erased' ELSE arrivals.cause END, arrivals.actor "
        "FROM subscribers JOIN arrivals ON arrivals.id = subscribers.arrival"
    )
    if op.get_bind().dialect.name == "sqlite":
        _made_anew(_ONE_OF, ("list", "email_key"))
    else:
        op.drop_column("subscribers", "arrival")
        op.create_unique_constraint("uq_subscribers_list", "subscribers", ["list", "email_key"])
        op.drop_constraint("uq_subscribers_email_key", "subscribers", type_="unique")
        _check(_ONE_OF)
    op.create_index("ix_subscribers_email_key", "subscribers", ["email_key"], unique=False)
    op.drop_table("arrivals")


def _check(condition: str) -> None:
    op.drop_constraint(op.f("ck_subscribers_standing"), "subscribers", type_="check")
    op.create_check_constraint(op.f("ck_subscribers_standing"), "subscribers", condition)


def _made_anew(condition: str, unique: tuple[str, str], *more: sa.Column[int]) -> None:
    """SQLite changes no constraint of a table; whoever calls this has let go of references to it."""
    op.create_table(
        "subscribers_anew",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("list", sa.String(length=63), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("tags", sa.Text(), server_default="", nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("since", sa.Double(), nullable=False),
        *more,
        sa.CheckConstraint(condition, name=op.f("ck_subscribers_standing")),
        sa.PrimaryKeyConstraint("id", name="pk_subscribers"),
        sa.UniqueConstraint("ref", name="uq_subscribers_ref"),
        sa.UniqueConstraint(*unique, name=f"uq_subscribers_{unique[0]}"),
    )
    op.execute(
        "INSERT INTO subscribers_anew (id, ref, list, email, email_key, name, tags, standing, since) "
        "SELECT id, ref, list, email, email_key, name, tags, standing, since FROM subscribers"
    )
    op.drop_table("subscribers")
    op.rename_table("subscribers_anew", "subscribers")
