"""The book of departures, as ops look after it."""

from collections import Counter
from datetime import datetime
from pathlib import Path

from briefing.actions.open_store import house_folder, sending_alone, the_keys, the_store
from briefing.config import Config
from briefing.model.mark import Marking
from briefing.store import BOOK_FILE, Book, BookPosition, Database, Departures


def verify_book(config: Config, now: datetime) -> tuple[Path, tuple[tuple[str, int], ...]]:
    """Read the whole book, each line by its checksum.

    Returns:
        Where it is, and how many lines say what.

    Raises:
        StoreError: when a line is damaged, or book, key and database do not belong together.
    """
    with the_store(config, now) as store:
        lines, _ = store.departures.book.after(BookPosition())
        counts = Counter(f"{one.about} {one.becomes}" for one in lines)
        return store.departures.book.path, tuple(sorted(counts.items()))


def rebuild_book(config: Config) -> tuple[Path, int]:
    """Write a lost or damaged book again, from what is whole of it and from the database.

    Returns:
        Where it is, and how many lines it has.

    Raises:
        StoreError: when somebody sends, or the database cannot be read.
    """
    path = house_folder(config) / BOOK_FILE
    with sending_alone(config):
        database = Database(config.database_url)
        departures = Departures(database, Book(path), Marking(the_keys(config)[-1]))
        try:
            return path, departures.rebuild()
        finally:
            departures.close()
            database.close()
