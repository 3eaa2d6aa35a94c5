"""Changes of standing → lines of the book."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from briefing.model.departure import RETURNED, About, Departure
from briefing.model.mark import Marking
from briefing.model.subscriber import Standing
from briefing.store.departures.replay import returned

#: The address of a reader in the spelling that is compared, their standing, and since when.
Gone = tuple[str, Standing, float]


def lines_of_change(
    connection: Connection, marking: Marking, found: Any, becomes: Standing, at: float
) -> list[Departure]:
    """What the book says of a change; of a coming back, after what kept the address off was lifted.

    Args:
        connection: inside the transaction that makes the change.
        marking: makes marks.
        found: the reader's row: list, email_key, ref and standing as it was.
        becomes: the standing from now on.
        at: seconds since 1970.
    """
    mark = marking.reader(found.list, found.email_key)
    line = Departure(about=About.READER, mark=mark, ref=found.ref, becomes=becomes.value, at=at)
    if becomes is not Standing.ACTIVE:
        return [line]
    lifted = returned(connection, marking, found.list, found.email_key)
    if not lifted and found.standing == Standing.PENDING:
        return []
    address = marking.address(found.email_key)
    return [
        replace(line, becomes=RETURNED),
        Departure(about=About.ADDRESS, mark=address, becomes=RETURNED, at=at),
    ]


def lines_of_gone(marking: Marking, list_name: str, gone: Iterable[Gone]) -> list[Departure]:
    """What the book says of readers who are put down as gone."""
    return [
        Departure(
            about=About.READER,
            mark=marking.reader(list_name, key),
            becomes=standing.value,
            at=at,
        )
        for key, standing, at in gone
    ]
