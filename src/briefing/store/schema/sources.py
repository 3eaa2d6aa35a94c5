"""The tables of what is remembered of sources; times as in `schema`."""

from sqlalchemy import Boolean, Column, Double, Integer, LargeBinary, String, Table, Text

from briefing.store.schema.core import metadata

#: What each address of a source answered last.
copies = Table(
    "copies",
    metadata,
    Column("source", String(63), primary_key=True),
    Column("address", String(2000), primary_key=True),
    #: The last good body, compressed by zlib.
    Column("body", LargeBinary, nullable=False),
    Column("content_type", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("whole_at", Double, nullable=False),
    Column("good_at", Double, nullable=False),
    Column("next_try", Double, nullable=False),
    Column("quiet_until", Double, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("fault", Text, nullable=False),
    Column("note", Text, nullable=False),
)

#: Entries that readings of a source have seen.
seen_entries = Table(
    "seen_entries",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source", String(63), nullable=False, index=True),
    Column("guid", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("marks", String(72), nullable=False),
    Column("first", Double, nullable=False),
    Column("last", Double, nullable=False),
    Column("passed", Boolean, nullable=False),
    #: Of its page, which is the name of its articles too.
    Column("name", Text, nullable=False, server_default=""),
    Column("headline", Text, nullable=False, server_default=""),
    #: When it came out, as its source says; 0 when it does not.
    Column("moment", Double, nullable=False, server_default="0"),
    #: When other words than before were seen under its name; 0 is never.
    Column("changed", Double, nullable=False, server_default="0"),
    Column("state", String(10), nullable=False, server_default="new"),
    Column("reason", Text, nullable=False, server_default=""),
    #: The one that its state is about; empty where it is about none.
    Column("edition", String(100), nullable=False, server_default=""),
    #: Its page but for the body, as JSON; empty where nothing is kept.
    Column("facts", Text, nullable=False, server_default=""),
    #: The body of its page, compressed by zlib.
    Column("body", LargeBinary),
    #: The headline of the story that tells it; empty where none does.
    Column("told_by", Text, nullable=False, server_default=""),
)

#: How the last reading of each source went.
readings = Table(
    "readings",
    metadata,
    Column("source", String(63), primary_key=True),
    Column("at", Double, nullable=False),
    Column("found", Integer, nullable=False),
    Column("used", Integer, nullable=False),
    #: Rule and count, as JSON.
    Column("dropped", Text, nullable=False),
    Column("fault", Text, nullable=False),
)

#: Who tells us of which feed; see `HubSubscription`.
hub_subscriptions = Table(
    "hub_subscriptions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("source", String(63), nullable=False),
    Column("address", String(2000), nullable=False),
    Column("topic", Text, nullable=False),
    Column("hub", Text, nullable=False),
    Column("callback", String(64), nullable=False, unique=True),
    Column("secret", String(64), nullable=False),
    Column("standing", String(10), nullable=False),
    Column("asked", Double, nullable=False),
    Column("until", Double, nullable=False),
    Column("heard", Double, nullable=False),
    Column("read", Double, nullable=False),
    Column("next_try", Double, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("fault", Text, nullable=False),
)
