"""The table of pieces: what was read and what was printed, for the inbox and for searching.

What looks words up stands outside the metadata, because each database has its own: migration 0020
makes it, and triggers keep it.
"""

from sqlalchemy import Column, Double, Index, Integer, String, Table, Text

from briefing.store.schema.core import metadata

pieces = Table(
    "pieces",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    #: The edition that printed it; empty for a piece as it was read.
    Column("edition", String(100), nullable=False),
    #: The id of its article.
    Column("name", Text, nullable=False),
    #: The name of its page, and of the source that gave it.
    Column("page", Text, nullable=False),
    Column("source", String(63), nullable=False),
    Column("headline", Text, nullable=False),
    #: How it begins, in some two lines.
    Column("lines", Text, nullable=False),
    Column("section", Text, nullable=False),
    Column("language", String(35), nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("at", Double, nullable=False),
    #: What is searched, in the one spelling that is compared; see `store.planning.search_words`.
    Column("words", Text, nullable=False),
    Index("ix_pieces_edition", "edition", "name"),
    Index("ix_pieces_page", "source", "page"),
)
