"""The editors' desk: versions of editions, rulings, editors, sessions, deeds, corrections, clicks."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "bases",
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("briefing", sa.String(length=63), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "number", name=op.f("pk_bases")),
    )
    op.create_index("ix_bases_briefing", "bases", ["briefing"], unique=False)
    op.create_table(
        "clicks",
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("machine", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "number", "hour", "machine", name=op.f("pk_clicks")),
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("briefing", sa.String(length=63), nullable=False),
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("printed_in", sa.String(length=100), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index(op.f("ix_corrections_briefing"), "corrections", ["briefing"], unique=False)
    op.create_index(op.f("ix_corrections_edition"), "corrections", ["edition"], unique=False)
    op.create_table(
        "deeds",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("verb", sa.String(length=20), nullable=False),
        sa.Column("edition", sa.String(length=100), server_default="", nullable=False),
        sa.Column("hash", sa.String(length=64), server_default="", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deeds")),
    )
    op.create_index(op.f("ix_deeds_edition"), "deeds", ["edition"], unique=False)
    op.create_table(
        "editors",
        sa.Column("name", sa.String(length=63), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("since", sa.Double(), nullable=False),
        sa.CheckConstraint(
            "role IN ('viewer', 'editor', 'approver', 'ops')", name=op.f("ck_editors_role")
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_editors")),
    )
    op.create_table(
        "emails",
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("shows", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition", name=op.f("pk_emails")),
    )
    op.create_table(
        "failures",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failures")),
    )
    op.create_index(op.f("ix_failures_at"), "failures", ["at"], unique=False)
    op.create_table(
        "links",
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition", "number", name=op.f("pk_links")),
    )
    op.create_table(
        "rulings",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("fingerprint", sa.String(length=72), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("sponsor", sa.Text(), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("thought", sa.String(length=10), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("withdrawn", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulings")),
    )
    op.create_table(
        "sessions",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=63), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("made", sa.Double(), nullable=False),
        sa.Column("used", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_actor"), "sessions", ["actor"], unique=False)
    op.create_table(
        "testers",
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_testers")),
    )
    op.create_table(
        "versions",
        sa.Column("edition", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition", "base"], ["bases.edition", "bases.number"], name=op.f("fk_versions_edition")
        ),
        sa.PrimaryKeyConstraint("edition", "number", name=op.f("pk_versions")),
    )


def downgrade() -> None:
    """Drop them, and what they hold."""
    op.drop_table("versions")
    op.drop_table("testers")
    op.drop_table("sessions")
    op.drop_table("rulings")
    op.drop_table("links")
    op.drop_table("failures")
    op.drop_table("emails")
    op.drop_table("editors")
    op.drop_table("deeds")
    op.drop_table("corrections")
    op.drop_table("clicks")
    op.drop_table("bases")
