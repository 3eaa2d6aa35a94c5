"""Many who are gone, or wait, where their list comes from → rows: a statement for all of them."""

import secrets
from collections import Counter
from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, insert

from briefing.model.departure import About, Departure
from briefing.store.departures import Departures
from briefing.store.departures.replay import marks_among
from briefing.store.readers.bulk_insert import Kept, known
from briefing.store.schema.core import changes, subscribers, suppressions
from briefing.store.schema.counts import COUNT_READERS


class NewReader(NamedTuple):
    """Somebody who is not there yet, as they are to be kept, and what the first line of their record says."""

    kept: Kept
    cause: str


def put_in_carried(
    connection: Connection,
    list_name: str,
    fresh: Collection[NewReader],
    *,
    actor: str,
    now: float,
) -> dict[str, Kept]:
    """Insert readers of whom nobody is there, as `put_in` does one; they come back with their numbers."""
    if not fresh:
        return {}
    connection.execute(insert(subscribers), [_row(list_name, one.kept, now) for one in fresh])
    found = known(connection, list_name, [one.kept[0] for one in fresh])
    records = [
        {"subscriber": found[one.kept[0]][1], "becomes": one.kept[5], "cause": one.cause}
        for one in fresh
    ]
    same = {"at": now, "was": "", "actor": actor}
    connection.execute(insert(changes), [record | same for record in records])
    for standing, count in Counter(one.kept[5] for one in fresh).items():
        told = {"list": list_name, "standing": standing, "count": count}
        connection.execute(COUNT_READERS, told)
    return found


def _row(list_name: str, kept: Kept, now: float) -> dict[str, object]:
    key, _, email, name, tags, standing = kept
    reader = {"ref": secrets.token_hex(8), "list": list_name, "email": email, "email_key": key}
    return {**reader, "name": name, "tags": tags, "standing": standing, "since": now}


def keep_off_carried(
    connection: Connection, departures: Departures, reasons: Mapping[str, str], now: float
) -> None:
    """Keep marks of addresses, each with its reason, as `Subscribers.suppress` keeps one."""
    marks = {departures.marking.address(key): reason for key, reason in reasons.items()}
    there = marks_among(connection, suppressions, marks)
    fresh = {mark: reason for mark, reason in marks.items() if mark not in there}
    if fresh:
        lines = [
            Departure(about=About.ADDRESS, mark=mark, becomes=reason, at=now)
            for mark, reason in fresh.items()
        ]
        departures.write(connection, *lines)
        rows = [{"mark": one.mark, "reason": one.becomes, "at": now} for one in lines]
        connection.execute(insert(suppressions), rows)
