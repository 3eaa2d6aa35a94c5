"""The book of departures, as ops look after it."""

from collections import Counter
from datetime import datetime
from pathlib import Path

from briefing.actions.open_store import (
    house_folder,
    refuse_half_a_house,
    sending_alone,
    the_keys,
    the_store,
)
from briefing.config import Config
from briefing.errors import StoreError
from briefing.model.mark import Marking
from briefing.store import (
    BOOK_FILE,
    Book,
    BookPosition,
    Database,
    Departures,
    is_empty,
    refuse_newer,
    revision,
)


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
        StoreError: when somebody sends, or the database cannot be read, is newer than this program or
            was kept with another key; then nothing was changed.
    """
    path = house_folder(config) / BOOK_FILE
    database = Database(config.database_url)
    if is_empty(database):
        raise StoreError(
            f"{database.name} is not there or is empty, and the book is written from it. Bring it back "
            "first: `briefing restore FILE` for a backup."
        )
    refuse_half_a_house(config)
    with sending_alone(config):
        departures = Departures(database, Book(path), Marking(the_keys(config)[-1]))
        try:
            with database.read() as connection:
                refuse_newer(database.name, revision(connection))
            return path, departures.rebuild()
        finally:
            departures.close()
            database.close()
