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
