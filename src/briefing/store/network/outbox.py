"""What systems of the house's own are to be told ↔ rows.

Events are read off what is written anyhow, mailings and readers' records, so that no letter and no reader waits
for anybody to be told, and nothing that happened while this did not run is lost.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, func, insert, select, update

from briefing.model.mailing import MailingStatus
from briefing.model.network.outgoing_call import OutgoingCall
from briefing.model.subscriber import Standing
from briefing.store.engine.database import Database
from briefing.store.schema.core import changes, mailings, subscribers
from briefing.store.schema.house import house
from briefing.store.schema.network import outgoing_calls as calls
from briefing.store.schema.network import told_mailings as told

#: What `house` calls the newest change of a reader that was told.
_CURSOR = "webhooks change"
#: Seconds that a change must be old: another writer may still write one with a lower number.
SETTLED = 15.0
#: Seconds that calls are kept, and changes looked at in one go.
_KEPT, _MOST = 30 * 86_400.0, 1_000
_EDITIONS = {
    MailingStatus.SENT: "edition.sent",
    MailingStatus.PAUSED: "edition.paused",
    MailingStatus.ABORTED: "edition.aborted",
}
_LEFT = (Standing.UNSUBSCRIBED, Standing.BOUNCED, Standing.COMPLAINED, Standing.ERASED)
#: From these somebody was a reader already.
_READS = (Standing.ACTIVE, Standing.PAUSED)


@dataclass(frozen=True, slots=True)
class _Event:
    name: str
    kind: str
    at: float
    data: Mapping[str, object]


class Outbox:
    """What is to be told, and how telling it goes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def collect(self, hooks: Mapping[str, Iterable[str]], now: float) -> int:
        """Put down what happened since the last look, for each hook that wants it; says how many calls.

        The first look only notes where things stand; without hooks that is forgotten again.

        Args:
            hooks: by name, the kinds of events that each wants.
            now: seconds since 1970.
        """
        with self._database.write() as connection:
            cursor = connection.execute(
                select(house.c.value).where(house.c.name == _CURSOR)
            ).scalar()
            if not hooks:
                if cursor is not None:
                    connection.execute(delete(house).where(house.c.name == _CURSOR))
                    connection.execute(delete(told))
                return 0
            if cursor is None:
                _begin(connection)
                return 0
            events = [*_of_mailings(connection, now), *_of_readers(connection, int(cursor), now)]
            rows = [_row(name, one) for one in events for name in hooks if one.kind in hooks[name]]
            if rows:
                connection.execute(insert(calls), rows)
            connection.execute(delete(calls).where(calls.c.at < now - _KEPT))
        return len(rows)

    def due(self, now: float, most: int) -> tuple[OutgoingCall, ...]:
        """Calls to make now, those that wait longest first."""
        waits = calls.c.done.is_(None) & calls.c.given_up.is_(False) & (calls.c.next_try <= now)
        query = select(calls).where(waits).order_by(calls.c.next_try, calls.c.id).limit(most)
        return self._found(query)

    def newest(self, most: int) -> tuple[OutgoingCall, ...]:
        """The newest calls, newest first."""
        return self._found(select(calls).order_by(calls.c.id.desc()).limit(most))

    def taken(self, number: int, now: float) -> None:
        """The other side has it."""
        self._note(number, done=now, fault="")

    def failed(self, number: int, fault: str, next_try: float | None) -> None:
        """The other side has it not; None for the next try gives it up."""
        later = {"given_up": True} if next_try is None else {"next_try": next_try}
        self._note(number, fault=fault[:500], **later)

    def _note(self, number: int, **values: object) -> None:
        one = calls.c.id == number
        with self._database.write() as connection:
            connection.execute(update(calls).where(one).values(tries=calls.c.tries + 1, **values))

    def _found(self, query: Select[Any]) -> tuple[OutgoingCall, ...]:
        with self._database.read() as connection:
            return tuple(OutgoingCall(**row) for row in connection.execute(query).mappings())


def _begin(connection: Connection) -> None:
    newest = connection.execute(select(func.max(changes.c.id))).scalar() or 0
    connection.execute(insert(house).values(name=_CURSOR, value=str(newest)))
    for row in connection.execute(select(mailings.c.number, mailings.c.status)).all():
        connection.execute(insert(told).values(mailing=row.number, status=row.status, times=0))


def _of_mailings(connection: Connection, now: float) -> Iterator[_Event]:
    """Each mailing that stands otherwise than when it was told last.

    One that was told to be sent and goes on for a few letters, for a new reader or a second try, is not news.
    """
    joined = mailings.outerjoin(told, told.c.mailing == mailings.c.number)
    stands = (told.c.status.is_(None)) | (told.c.status != mailings.c.status)
    sent, sending = MailingStatus.SENT.value, MailingStatus.SENDING.value
    goes_on = (func.coalesce(told.c.status, "") == sent) & (mailings.c.status == sending)
    query = select(mailings, told.c.times, told.c.status.label("before"))
    asked = query.select_from(joined).where(stands, ~goes_on)
    for row in connection.execute(asked).mappings().all():
        times = (row["times"] or 0) + 1
        if row["before"] is None:
            first = {"mailing": row["number"], "status": row["status"], "times": times}
            connection.execute(insert(told).values(**first))
        else:
            one = told.c.mailing == row["number"]
            connection.execute(update(told).where(one).values(status=row["status"], times=times))
        kind = _EDITIONS.get(MailingStatus(row["status"]))
        if kind is not None:
            yield _of_mailing(kind, times, row, now)


def _of_mailing(kind: str, times: int, row: RowMapping, now: float) -> _Event:
    data = {"edition": row["edition"], "briefing": row["briefing"], "list": row["list"]}
    data |= {"subject": row["subject"], "sha256": row["hash"], "reason": row["reason"]}
    return _Event(f"{kind} {row['edition']} {times}", kind, row["done_at"] or now, data)


def _of_readers(connection: Connection, cursor: int, now: float) -> Iterator[_Event]:
    """Each reader who joined or left since a change, in the order in which they did."""
    query = (
        select(changes, subscribers.c.email, subscribers.c.list, subscribers.c.ref)
        .join(subscribers, subscribers.c.id == changes.c.subscriber)
        .where(changes.c.id > cursor)
        .order_by(changes.c.id)
        .limit(_MOST)
    )
    newest = cursor
    for row in connection.execute(query).mappings().all():
        if row["at"] > now - SETTLED:
            break
        newest = row["id"]
        kind = _kind(row["was"], row["becomes"])
        if kind:
            data = {"list": row["list"], "email": row["email"], "reader": row["ref"]}
            data |= {"standing": row["becomes"], "cause": row["cause"]}
            yield _Event(f"{kind} {row['id']}", kind, row["at"], data)
    if newest != cursor:
        moved = update(house).where(house.c.name == _CURSOR).values(value=str(newest))
        connection.execute(moved)


def _kind(was: str, becomes: str) -> str:
    if becomes == Standing.ACTIVE and was not in _READS:
        return "subscriber.joined"
    return "subscriber.left" if becomes in _LEFT and was in _READS else ""


def _row(hook: str, event: _Event) -> dict[str, object]:
    moment = datetime.fromtimestamp(event.at, UTC).isoformat(timespec="seconds")
    told_of = {"type": event.kind, "timestamp": moment, "data": dict(event.data)}
    return {
        "hook": hook,
        "event": event.name,
        "kind": event.kind,
        "body": json.dumps(told_of, ensure_ascii=False),
        "at": event.at,
        "tries": 0,
        "next_try": event.at,
        "given_up": False,
        "fault": "",
    }
