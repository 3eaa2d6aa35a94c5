"""The tables of what is counted as it changes, so that a million rows need not be counted to be told.

Triggers of the migration keep them in the very transaction that changes or deletes a row, whoever does
so. Rows that are put in are counted by the statement here, once for all of them: a trigger would be
called for each, a million times for one list.
"""

from sqlalchemy import Column, Integer, String, Table, text

from briefing.store.schema.core import metadata

#: How many deliveries of a mailing are in which state. Sums count: one writer's row may be below zero.
letter_counts = Table(
    "letter_counts",
    metadata,
    Column("mailing", Integer, primary_key=True, autoincrement=False),
    Column("state", String(10), primary_key=True),
    #: Of PostgreSQL the process that changed them, so that no sender waits for another's row; else 0.
    Column("writer", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    Column("doubtful", Integer, nullable=False),
    sqlite_with_rowid=False,
)

#: How many readers of a list stand how; as above.
reader_counts = Table(
    "reader_counts",
    metadata,
    Column("list", String(63), primary_key=True),
    Column("standing", String(12), primary_key=True),
    Column("writer", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
    sqlite_with_rowid=False,
)

#: To be said with whatever puts so many deliveries of a mailing in, which wait for their first try.
COUNT_LETTERS = text("""
    INSERT INTO letter_counts (mailing, state, writer, count, doubtful)
    VALUES (:mailing, 'pending', 0, :count, 0)
    ON CONFLICT (mailing, state, writer) DO UPDATE SET count = letter_counts.count + excluded.count
""")
#: And with so many readers who are put on a list.
COUNT_READERS = text("""
    INSERT INTO reader_counts (list, standing, writer, count)
    VALUES (:list, :standing, 0, :count)
    ON CONFLICT (list, standing, writer) DO UPDATE SET count = reader_counts.count + excluded.count
""")
