"""The tables of what a database knows of its house, and of forms; times as in `core`."""

from sqlalchemy import Column, Double, String, Table, Text

from briefing.store.schema.core import metadata

#: Keyed marks of address and list (`Marking.reader`) of those who left before this database knew them.
departed = Table(
    "departed",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("standing", String(12), nullable=False),
    Column("at", Double, nullable=False),
)

#: What the database knows of its house: the signing key's mark, and how far it is in each book of
#: departures.
house = Table(
    "house",
    metadata,
    Column("name", String(63), primary_key=True),
    Column("value", Text, nullable=False),
)

#: Stamps of forms that were sent, and a mark of the address each served; kept for a day.
stamps = Table(
    "stamps",
    metadata,
    Column("mark", String(64), primary_key=True),
    Column("address", String(64), nullable=False),
    Column("at", Double, nullable=False),
)
