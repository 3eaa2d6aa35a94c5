"""All tables of the first store."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "mailings",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("briefing", sa.String(length=63), nullable=False),
        sa.Column("list", sa.String(length=63), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("frozen_at", sa.Double(), nullable=False),
        sa.Column("done_at", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "status IN ('sending', 'paused', 'aborted', 'sent')", name=op.f("ck_mailings_status")
        ),
        sa.PrimaryKeyConstraint("number", name="pk_mailings"),
        sa.UniqueConstraint("edition", name="uq_mailings_edition"),
    )
    op.create_table(
        "signups",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("network", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_signups"),
    )
    op.create_index("ix_signups_at", "signups", ["at"], unique=False)
    op.create_table(
        "subscribers",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("list", sa.String(length=63), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("email_key", sa.String(length=320), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("tags", sa.Text(), server_default="", nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("since", sa.Double(), nullable=False),
        sa.CheckConstraint(
            "standing IN ('pending', 'active', 'paused', 'unsubscribed', 'bounced', 'complained', 'erased')",
            name=op.f("ck_subscribers_standing"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_subscribers"),
        sa.UniqueConstraint("list", "email_key", name="uq_subscribers_list"),
        sa.UniqueConstraint("ref", name="uq_subscribers_ref"),
    )
    op.create_index("ix_subscribers_email_key", "subscribers", ["email_key"], unique=False)
    op.create_table(
        "suppressions",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_suppressions"),
    )
    op.create_table(
        "bounces",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("report", sa.String(length=64), nullable=False),
        sa.Column("subscriber", sa.Integer(), nullable=False),
        sa.Column("mailing", sa.Integer(), nullable=True),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["mailing"], ["mailings.number"], name="fk_bounces_mailing"),
        sa.ForeignKeyConstraint(["subscriber"], ["subscribers.id"], name="fk_bounces_subscriber"),
        sa.PrimaryKeyConstraint("id", name="pk_bounces"),
        sa.UniqueConstraint("report", name="uq_bounces_report"),
    )
    op.create_index("ix_bounces_subscriber", "bounces", ["subscriber"], unique=False)
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("subscriber", sa.Integer(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("was", sa.String(length=12), nullable=False),
        sa.Column("becomes", sa.String(length=12), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["subscriber"], ["subscribers.id"], name="fk_changes_subscriber"),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
    )
    op.create_index("ix_changes_subscriber", "changes", ["subscriber"], unique=False)
    op.create_table(
        "deliveries",
        sa.Column("mailing", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subscriber", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("doubtful", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("at", sa.Double(), nullable=True),
        sa.Column("due", sa.Double(), nullable=True),
        sa.Column("reply", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint(
            "state IN ('pending', 'posting', 'posted', 'deferred', 'bounced', 'in_doubt', 'skipped')",
            name=op.f("ck_deliveries_state"),
        ),
        sa.ForeignKeyConstraint(["mailing"], ["mailings.number"], name="fk_deliveries_mailing"),
        sa.ForeignKeyConstraint(
            ["subscriber"], ["subscribers.id"], name="fk_deliveries_subscriber"
        ),
        sa.PrimaryKeyConstraint("mailing", "subscriber", name="pk_deliveries"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_deliveries_due",
        "deliveries",
        ["mailing", "due"],
        unique=False,
        sqlite_where=sa.text("state = 'deferred'"),
        postgresql_where=sa.text("state = 'deferred'"),
    )
    op.create_table(
        "tries",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("mailing", sa.Integer(), nullable=False),
        sa.Column("subscriber", sa.Integer(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["mailing"], ["mailings.number"], name="fk_tries_mailing"),
        sa.ForeignKeyConstraint(["subscriber"], ["subscribers.id"], name="fk_tries_subscriber"),
        sa.PrimaryKeyConstraint("id", name="pk_tries"),
    )
    op.create_index("ix_tries_at", "tries", ["at"], unique=False)
    op.create_index("ix_tries_delivery", "tries", ["mailing", "subscriber"], unique=False)


def downgrade() -> None:
    """Drop them, and what they hold."""
    op.drop_table("tries")
    op.drop_table("deliveries")
    op.drop_table("changes")
    op.drop_table("bounces")
    op.drop_table("suppressions")
    op.drop_table("subscribers")
    op.drop_table("signups")
    op.drop_table("mailings")
