"""Opening the store: one database, brought up to date, and everything kept in it."""

from datetime import datetime
from pathlib import Path

from briefing.model.mark import Marking
from briefing.store.deliveries.bounce_rules import BounceRules
from briefing.store.deliveries.delivery_tables import DeliveryTables
from briefing.store.departures import Book, Departures
from briefing.store.editions.edition_tables import EditionTables
from briefing.store.engine.database import Database
from briefing.store.network.network_tables import NetworkTables
from briefing.store.planning.plan_tables import PlanTables
from briefing.store.readers.reader_tables import ReaderTables
from briefing.store.upkeep.migrate import upgrade


class Store(EditionTables, PlanTables, NetworkTables, ReaderTables, DeliveryTables):
    """What is kept in the database, by noun: each room of the store says what it keeps."""

    def __init__(
        self, database: Database, departures: Departures, rules: BounceRules, wire: Path
    ) -> None:
        self.database = database
        self.departures = departures
        EditionTables.__init__(self, database, departures)
        PlanTables.__init__(self, database)
        NetworkTables.__init__(self, database)
        ReaderTables.__init__(self, database, departures)
        DeliveryTables.__init__(self, database, departures, self.subscribers, rules, wire)

    def close(self) -> None:
        """Close the database and the book."""
        self.database.close()
        self.departures.close()


def open_store(
    database: Database | str,
    *,
    book: Path,
    backups: Path,
    key: bytes,
    now: datetime,
    rules: BounceRules | None = None,
) -> Store:
    """Open a database; bring it up to date, after a copy of it was taken, and up to the book.

    Args:
        database: the database, or its address as `Database` takes it; closed with the store.
        book: the book of departures; it is made for a database that never had one.
        backups: where that copy goes.
        key: makes the marks of suppressed addresses.
        now: names the copy; aware.
        rules: when an address gets no more letters.

    Raises:
        StoreError: when it cannot be opened, is newer than this program, or key and book are
            another house's.
    """
    if isinstance(database, str):
        database = Database(database)
    departures = Departures(database, Book(book), Marking(key))
    try:
        upgrade(database, backups, now, book)
        departures.open()
    except BaseException:
        departures.close()
        database.close()
        raise
    return Store(database, departures, rules or BounceRules(), book.parent / "wire")
