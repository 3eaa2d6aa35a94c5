"""Many changes in one transaction: their lines go into the book together, and the disk is waited for once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection

from briefing.model.departure import Departure

#: Where a connection keeps the lines of its transaction until they are written.
_LINES = "lines for the book"


def gathered(connection: Connection, lines: Sequence[Departure]) -> bool:
    """Take lines that are to be written together with others; False when they are to be written now."""
    waiting = connection.info.get(_LINES)
    if waiting is None:
        return False
    waiting.extend(lines)
    return True


@contextmanager
def together(connection: Connection, write: Callable[..., None]) -> Iterator[None]:
    """Gather what is for the book while inside, and write it at the end, still in the transaction.

    Args:
        connection: of the transaction.
        write: `Departures.write`; what it raises fails the transaction, as it does line by line.
    """
    lines: list[Departure] = []
    connection.info[_LINES] = lines
    try:
        yield
    finally:
        del connection.info[_LINES]
    write(connection, *lines)
