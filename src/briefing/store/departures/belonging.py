"""Whether a key, a book of departures and a database belong together, by what each says of the others."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from sqlalchemy import Connection, select

from briefing.errors import StoreError
from briefing.model.mark import Marking
from briefing.store.departures.book import Book
from briefing.store.departures.lines import BookPosition
from briefing.store.engine.database import Database
from briefing.store.schema.house import house

#: What `house` calls the key's mark, and the start of what it calls a book.
KEY_FACT, BOOK_FACT = "key", "book "
_FACTS = select(house.c.name, house.c.value)


def facts_of(connection: Connection) -> dict[str, str]:
    """What a database says of its house, by name."""
    rows = connection.execute(_FACTS).all()
    return {name: value for name, value in rows}  # noqa: C416 - rows are not pairs to mypy


def place_of(facts: Mapping[str, str], name: str) -> BookPosition:
    """How far a database is in the book of that name."""
    written = facts.get(BOOK_FACT + name)
    return BookPosition.parse(written) if written else BookPosition()


def books_of(facts: Mapping[str, str]) -> list[str]:
    """The names of the books that a database was kept with."""
    return [name.removeprefix(BOOK_FACT) for name in facts if name.startswith(BOOK_FACT)]


def refuse_other_key(database: Database, facts: Mapping[str, str], marking: Marking) -> None:
    """Let a database pass that was kept with this key, or with none that it knows of.

    Raises:
        StoreError: for any other.
    """
    if facts.get(KEY_FACT) not in (None, marking.of_key()):
        raise StoreError(
            f"signing.key is not the key that {database.name} was kept with: readers' "
            "links and the marks of who left would not hold. Bring the right signing.key back; "
            "its last line is the one that matters."
        )


def refuse_other_book(
    database: Database, names: Sequence[str], book: Book, marking: Marking
) -> None:
    """Let a book pass that was written with this key, and that a SQLite file knows.

    Raises:
        StoreError: for any other.
    """
    if book.key_mark != marking.of_key():
        raise StoreError(
            f"{book.path} was written with another signing.key: it belongs to another "
            "house, or the key does. Bring the two back that belong together."
        )
    if names and book.name not in names and database.is_sqlite:
        raise StoreError(
            f"{book.path} is another book than {database.name} knows. Bring back "
            "the one that belongs to it, or `briefing departures --rebuild` joins both."
        )


def book_has_all(database: Database, book: Book, marking: Marking) -> bool:
    """True when the book has all that the database knows of it, as far as that can be read."""
    with suppress(StoreError), database.read() as connection:
        facts = facts_of(connection)
        try:
            refuse_other_book(database, books_of(facts), book, marking)
            book.prove(place_of(facts, book.name))
        except StoreError:
            return False
    return True


def strange_part(database: Database, book: Book, marking: Marking) -> str:
    """Which of book and database says that it was kept with another key; "" for neither."""
    ours = marking.of_key()
    with suppress(StoreError):
        if book.key_mark != ours:
            return str(book.path)
    with suppress(StoreError), database.read() as connection:
        if facts_of(connection).get(KEY_FACT, ours) != ours:
            return database.name
    return ""
