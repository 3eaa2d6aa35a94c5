"""The tables of what readers want, and of the forms of an edition that were made for it; times as in `core`."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from briefing.store.schema.core import metadata

#: Each choice that a reader has made, once, however many made it.
choices = Table(
    "choices",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    #: Keys of topics between semicolons, as tags; empty for all.
    Column("topics", Text, nullable=False),
    #: A bit for each ISO weekday, Monday the lowest.
    Column("days", SmallInteger, nullable=False),
    Column("weekly", Boolean, nullable=False),
    UniqueConstraint("topics", "days", "weekly"),
)

#: The forms of an edition whose sending has begun; none for a mailing that has but the whole.
variants = Table(
    "variants",
    metadata,
    Column("mailing", ForeignKey("mailings.number"), primary_key=True, autoincrement=False),
    #: 0 is the whole edition, whose email stands with the mailing.
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    #: As in `mailings.hash`.
    Column("hash", String(64), nullable=False),
    #: The stories it prints, in order, as JSON: of which edition, and which.
    Column("stories", Text, nullable=False),
    Column("email", Text, nullable=False),
)

#: Which variant readers get who chose alike and have had the same of its stories before.
shares = Table(
    "shares",
    metadata,
    Column("mailing", ForeignKey("mailings.number"), primary_key=True, autoincrement=False),
    #: 0 for who chose nothing.
    Column("choice", Integer, primary_key=True, autoincrement=False),
    #: A bit for each story that earlier letters held.
    Column("had", BigInteger, primary_key=True, autoincrement=False),
    Column("variant", SmallInteger, nullable=False),
)
