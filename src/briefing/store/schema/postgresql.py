"""What PostgreSQL alone is told of the tables.

Apart from the tables: an option of its dialect there has SQLAlchemy import the dialect, some 35 ms of
each command of a house over SQLite.
"""

from briefing.store.schema.core import deliveries, subscribers


def tell_postgresql() -> None:
    """Add PostgreSQL's options to the tables: for who compares them with a database, or writes them down."""
    deliveries.dialect_options["postgresql"]["with"] = {"fillfactor": 70}
    for index in (*deliveries.indexes, *subscribers.indexes):
        if (only := index.dialect_options["sqlite"]["where"]) is not None:
            index.dialect_options["postgresql"]["where"] = only
