"""Entries of a list → rows: who is new is put in, and of those who are there a new name or new tags are kept."""

from collections.abc import Iterable

from sqlalchemy import Connection

from briefing.store.readers.bulk_insert import Kept, put_in_together, take_over
from briefing.store.readers.subscriber_rows import Added, Listed, answered


def merged(  # noqa: PLR0913 - the parts of one entry in the record
    connection: Connection,
    list_name: str,
    entries: Iterable[Listed],
    kept: dict[str, Kept],
    suppressed: set[str],
    *,
    cause: str,
    actor: str,
    now: float,
) -> list[Added]:
    """Write down what `answered` says of entries, and give its answers."""
    answers, written = answered(entries, kept, suppressed)
    fresh = [row for row in written if row[0] not in kept] if kept else written
    if fresh:
        put_in_together(connection, list_name, fresh, cause=cause, actor=actor, now=now)
    if len(written) > len(fresh):
        take_over(connection, [row for row in written if row[0] in kept])
    return answers
