"""The tables. Times are seconds since 1970 in UTC, because both databases keep those exactly."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from briefing.model.delivery import State
from briefing.model.subscriber import Standing

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _one_of(column: str, values: type[State] | type[Standing]) -> CheckConstraint:
    # Not IN: for each row that is written, SQLite would make a table of what stands in the brackets.
    return CheckConstraint(" OR ".join(f"{column} = '{value}'" for value in values), name=column)


#: What is known of all who were put on a list together: the first line of each one's record.
arrivals = Table(
    "arrivals",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Double, nullable=False),
    Column("cause", Text, nullable=False),
    Column("actor", Text, nullable=False),
)

subscribers = Table(
    "subscribers",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("ref", String(20), nullable=False, unique=True),
    Column("list", String(63), nullable=False),
    #: As letters are addressed; empty once erased.
    Column("email", String(320), nullable=False),
    #: The same address in the one spelling that is compared.
    Column("email_key", String(320), nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    #: Each tag between semicolons, the ends included: `;london;press;`.
    Column("tags", Text, nullable=False, server_default=""),
    Column("standing", String(12), nullable=False),
    Column("since", Double, nullable=False),
    #: The row of `arrivals`, none of which is ever deleted; None for who came alone, whose first line
    #: is among `changes`. No foreign key: PostgreSQL would look it up again for each reader.
    Column("arrival", Integer),
    #: The row of `choices` with what they want; None for everything. No foreign key, as above.
    Column("choice", Integer),
    #: When a paused reader gets letters again; None until they say so.
    Column("resumes", Double),
    _one_of("standing", Standing),
    # An address is looked for on one list or on all; this order serves both.
    UniqueConstraint("email_key", "list"),
    # Few choose, and fewer have paused until a day: whether anybody did is asked before each mailing,
    # and would be looked for in all of them. Rows of the others are in neither index.
    Index("ix_subscribers_chosen", "list", sqlite_where=text("choice IS NOT NULL")),
    Index("ix_subscribers_resumes", "resumes", sqlite_where=text("resumes IS NOT NULL")),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("subscriber", ForeignKey("subscribers.id"), nullable=False, index=True),
    Column("at", Double, nullable=False),
    Column("was", String(12), nullable=False),
    Column("becomes", String(12), nullable=False),
    Column("cause", Text, nullable=False),
    Column("actor", Text, nullable=False),
)

#: Keyed marks of addresses that no import may bring back; the address itself is not kept.
suppressions = Table(
    "suppressions",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("reason", String(12), nullable=False),
    Column("at", Double, nullable=False),
)

#: Sign-ups asked for, kept only as long as the limits look back.
signups = Table(
    "signups",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Double, nullable=False, index=True),
    Column("address", String(64), nullable=False),
    Column("network", String(64), nullable=False),
)

#: Confirmation mails that the relay would not take yet, by the reader's `ref`.
confirmations = Table(
    "confirmations",
    metadata,
    Column("reader", String(20), primary_key=True),
    #: When they asked: their link counts its seven days from then.
    Column("asked_at", Double, nullable=False),
    Column("due", Double, nullable=False),
)

#: Editions whose sending has begun: the very bytes that go out, and how far they are.
mailings = Table(
    "mailings",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("edition", String(100), nullable=False, unique=True),
    Column("briefing", String(63), nullable=False),
    Column("list", String(63), nullable=False),
    Column("title", Text, nullable=False),
    Column("subject", Text, nullable=False),
    #: SHA-256 of subject, HTML and text, tokens still open.
    Column("hash", String(64), nullable=False),
    Column("email", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("frozen_at", Double, nullable=False),
    Column("done_at", Double),
    CheckConstraint("status IN ('sending', 'paused', 'aborted', 'sent')", name="status"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("mailing", Integer, primary_key=True, autoincrement=False),
    Column("subscriber", Integer, primary_key=True, autoincrement=False),
    Column("state", String(10), nullable=False),
    #: True once a reply was not seen: this reader may have the letter more than once.
    Column("doubtful", Boolean, nullable=False, server_default=false()),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    #: When the intent of the last try was committed.
    Column("at", Double),
    #: When a deferred letter is tried again.
    Column("due", Double),
    Column("reply", Text, nullable=False, server_default=""),
    #: Of several senders, who holds this delivery, and until when by the database's clock.
    Column("worker", String(63)),
    Column("lease", Double),
    #: Which of the mailing's `variants` they get; 0 is the whole edition.
    Column("variant", SmallInteger, nullable=False, server_default="0"),
    _one_of("state", State),
    # PostgreSQL would look up and lock reader and mailing again for each row of a million that are
    # frozen, five times what it takes to write them. There a trigger keeps those who have letters.
    ForeignKeyConstraint(["mailing"], ["mailings.number"]).ddl_if(dialect="sqlite"),
    ForeignKeyConstraint(["subscriber"], ["subscribers.id"]).ddl_if(dialect="sqlite"),
    # Only what is put off is indexed, and by no column that every letter changes: PostgreSQL would
    # write every index again with each step of each letter. What it alone is told: `postgresql.py`.
    Index(
        "ix_deliveries_due",
        "mailing",
        "due",
        sqlite_where=text("due IS NOT NULL"),
    ),
    sqlite_with_rowid=False,
)

#: Several senders, and what each is at.
senders = Table(
    "senders",
    metadata,
    Column("worker", String(63), primary_key=True),
    Column("edition", String(100), nullable=False),
    Column("since", Double, nullable=False),
    Column("seen", Double, nullable=False),
    Column("posted", Integer, nullable=False),
)

#: When each token of a limit is free again; one that was never taken has no row.
rate_tokens = Table(
    "rate_tokens",
    metadata,
    Column("scope", String(300), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("free_at", Double, nullable=False),
)

#: The share of a limit that is in use since somebody asked for fewer letters.
rate_shares = Table(
    "rate_shares",
    metadata,
    Column("scope", String(300), primary_key=True),
    Column("share", Double, nullable=False),
    Column("at", Double, nullable=False),
)

#: What the deliveries of archived ledgers add up to.
totals = Table(
    "totals",
    metadata,
    Column("mailing", ForeignKey("mailings.number"), primary_key=True),
    Column("state", String(12), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("doubtful", Integer, nullable=False),
)

#: Tries that did not end the matter, so that a delivery's whole story can be told.
tries = Table(
    "tries",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("mailing", ForeignKey("mailings.number"), nullable=False),
    Column("subscriber", ForeignKey("subscribers.id"), nullable=False),
    Column("at", Double, nullable=False, index=True),
    Column("state", String(10), nullable=False),
    Column("reply", Text, nullable=False),
    Index("ix_tries_delivery", "mailing", "subscriber"),
)

#: What mailboxes said after the relay had taken the letter.
bounces = Table(
    "bounces",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    #: SHA-256 of the report, so that reading a mailbox twice counts once.
    Column("report", String(64), nullable=False, unique=True),
    Column("subscriber", ForeignKey("subscribers.id"), nullable=False, index=True),
    Column("mailing", ForeignKey("mailings.number")),
    Column("at", Double, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("status", String(12), nullable=False),
    Column("detail", Text, nullable=False),
    #: Why, in standard words; empty where an older program wrote it down.
    Column("reason", String(20), nullable=False, server_default=""),
)

#: Each nominal local time of a briefing, once: whoever inserts the row makes the edition.
slots = Table(
    "slots",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("briefing", String(63), nullable=False),
    #: The local time as the timetable names it: `2026-10-25T06:30 Europe/London`.
    Column("slot", String(80), nullable=False),
    #: The moment it stands for.
    Column("due", Double, nullable=False),
    Column("state", String(10), nullable=False),
    Column("edition", String(100)),
    Column("reason", Text, nullable=False, server_default=""),
    Column("at", Double, nullable=False),
    #: Another list than the briefing's, for that day alone.
    Column("list", String(63), nullable=False, server_default=""),
    CheckConstraint(
        "state IN ('drafting', 'drafted', 'sending', 'sent', 'missed', 'skipped')", name="state"
    ),
    UniqueConstraint("briefing", "slot"),
)

#: Articles that an edition has printed, so that none is printed twice.
printed = Table(
    "printed",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("briefing", String(63), nullable=False),
    Column("edition", String(100), nullable=False),
    Column("fingerprint", String(72), nullable=False),
    Column("url", Text, nullable=False),
    Column("words", String(64), nullable=False),
    Column("at", Double, nullable=False),
    #: led, printed or dropped by an editor; see `model.edition.Treatment`.
    Column("treatment", String(10), nullable=False, server_default="printed"),
    Column("section", Text, nullable=False, server_default=""),
    Column("source", String(63), nullable=False, server_default=""),
    Column("event", String(20), nullable=False, server_default=""),
    Column("headline", Text, nullable=False, server_default=""),
    Index("ix_printed_briefing", "briefing", "at"),
)

#: What people were told, so that they are told once.
alerts = Table(
    "alerts",
    metadata,
    Column("subject", String(200), primary_key=True),
    Column("sentence", Text, nullable=False),
    Column("at", Double, nullable=False),
)
