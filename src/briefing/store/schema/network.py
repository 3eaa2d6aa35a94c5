"""The tables of what other machines tell us and ask of us; times as in `core`."""

from sqlalchemy import (
    Boolean,
    Column,
    Double,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from briefing.store.schema.core import metadata

#: Reports of receivers on our domains; a second copy of one is not kept.
domain_reports = Table(
    "domain_reports",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(8), nullable=False),
    Column("organisation", String(250), nullable=False),
    Column("report_id", String(250), nullable=False),
    Column("domain", String(250), nullable=False),
    Column("begins", Double, nullable=False),
    Column("ends", Double, nullable=False, index=True),
    Column("policy", Text, nullable=False),
    UniqueConstraint("kind", "organisation", "report_id", "domain"),
)

#: What each says of each source.
domain_report_lines = Table(
    "domain_report_lines",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("report", ForeignKey("domain_reports.id"), nullable=False, index=True),
    Column("source", String(250), nullable=False),
    Column("count", Integer, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("dkim", Boolean, nullable=False),
    Column("spf", Boolean, nullable=False),
    Column("result", String(40), nullable=False),
    Column("detail", Text, nullable=False),
)

#: What people and their programs answered, by SHA-256 of the message: counted once, handed on once.
replies = Table(
    "replies",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("at", Double, nullable=False, index=True),
    #: When a person's words were handed on; NULL while they wait.
    Column("handed", Double),
)

#: Programs of the house's own that may ask the API.
access_tokens = Table(
    "access_tokens",
    metadata,
    #: SHA-256 of the secret, so that a stolen table opens nothing.
    Column("mark", String(64), primary_key=True),
    Column("name", String(63), nullable=False, unique=True),
    Column("scopes", String(63), nullable=False),
    Column("made", Double, nullable=False),
    Column("expires", Double, nullable=False),
    Column("used", Double, nullable=False),
    Column("made_by", Text, nullable=False),
)

#: What systems of the house's own are to be told, once for each of them.
outgoing_calls = Table(
    "outgoing_calls",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("hook", String(63), nullable=False),
    Column("event", String(200), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Double, nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("next_try", Double, nullable=False, index=True),
    Column("done", Double),
    Column("given_up", Boolean, nullable=False),
    Column("fault", Text, nullable=False),
    UniqueConstraint("hook", "event"),
)

#: How each mailing stood when it was told last.
told_mailings = Table(
    "told_mailings",
    metadata,
    Column("mailing", Integer, primary_key=True, autoincrement=False),
    Column("status", String(12), nullable=False),
    #: How often its status was told, so that a second pause is another event.
    Column("times", Integer, nullable=False),
)
