"""Reports of receivers on our domains: DMARC aggregates and TLS reports."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "domain_reports",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("organisation", sa.String(length=250), nullable=False),
        sa.Column("report_id", sa.String(length=250), nullable=False),
        sa.Column("domain", sa.String(length=250), nullable=False),
        sa.Column("begins", sa.Double(), nullable=False),
        sa.Column("ends", sa.Double(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_domain_reports"),
        sa.UniqueConstraint(
            "kind", "organisation", "report_id", "domain", name="uq_domain_reports_kind"
        ),
    )
    op.create_index("ix_domain_reports_ends", "domain_reports", ["ends"])
    op.create_table(
        "domain_report_lines",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=250), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("dkim", sa.Boolean(), nullable=False),
        sa.Column("spf", sa.Boolean(), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["domain_reports.id"], name="fk_domain_report_lines_report"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_domain_report_lines"),
    )
    op.create_index("ix_domain_report_lines_report", "domain_report_lines", ["report"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("domain_report_lines")
    op.drop_table("domain_reports")
