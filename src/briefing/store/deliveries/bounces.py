"""Bounces ↔ rows: what mailboxes and relays said, and what follows for the reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, exists, func, insert, select

from briefing.model.delivery import Bounce, Outcome, State
from briefing.model.subscriber import Standing
from briefing.store.engine.database import Database
from briefing.store.readers.subscribers import Subscribers
from briefing.store.schema.core import bounces, deliveries, subscribers

_DAY = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BounceRules:
    """When an address gets no more letters."""

    #: Permanent refusals of the address.
    hard: int = 1
    #: Passing ones in a row, over at least `soft_days` days.
    soft: int = 3
    soft_days: int = 7


class BounceLog:
    """Writes down reports and applies the rules."""

    def __init__(self, database: Database, subscribers: Subscribers, rules: BounceRules) -> None:
        self._database, self._subscribers, self._rules = database, subscribers, rules

    def refused(self, connection: Connection, mailing: int, outcome: Outcome, now: float) -> None:
        """A relay refused an address while a letter was posted."""
        if outcome.bounce is None:
            return
        detail = outcome.delivery.detail
        values = {
            "subscriber": outcome.reader,
            "mailing": mailing,
            "at": now,
            "kind": outcome.bounce.value,
            "status": outcome.delivery.status,
            "detail": detail,
        }
        self._note(connection, f"{mailing} {outcome.reader} {now} {detail}".encode(), values)

    def reported(  # noqa: PLR0913 - the parts of one report
        self,
        report: bytes,
        *,
        reader: int,
        mailing: int | None,
        kind: Bounce,
        status: str,
        detail: str,
        now: float,
    ) -> bool:
        """A report came in; False when it was counted before."""
        values = {
            "subscriber": reader,
            "mailing": mailing,
            "at": now,
            "kind": kind.value,
            "status": status,
            "detail": detail,
        }
        with self._database.write() as connection:
            return self._note(connection, report, values)

    def _note(self, connection: Connection, report: bytes, values: Mapping[str, object]) -> bool:
        digest = sha256(report).hexdigest()
        known = select(bounces.c.id).where(bounces.c.report == digest)
        if connection.execute(known).first() is not None:
            return False
        standing = select(subscribers.c.standing).where(subscribers.c.id == values["subscriber"])
        if connection.execute(standing).scalar() == Standing.ERASED:
            # What the mailbox said names the address, and nothing is kept of that.
            connection.execute(insert(bounces).values(report=digest, **{**values, "detail": ""}))
            return True
        connection.execute(insert(bounces).values(report=digest, **values))
        self._apply(connection, values)
        return True

    def _apply(self, connection: Connection, values: Mapping[str, object]) -> None:
        reader, now = int(str(values["subscriber"])), float(str(values["at"]))
        kind = Bounce(str(values["kind"]))
        becomes = self._verdict(connection, reader, kind, now)
        if becomes is None:
            return
        key = connection.execute(
            select(subscribers.c.email_key).where(subscribers.c.id == reader)
        ).scalar_one()
        same = select(subscribers.c.id).where(subscribers.c.email_key == key)
        # The mailbox is the same on every list.
        for other in connection.execute(same).scalars().all():
            self._subscribers.change_in(
                connection,
                other,
                becomes,
                only_from=(Standing.PENDING, Standing.ACTIVE, Standing.PAUSED),
                cause=f"{kind}: {values['status'] or values['detail']}"[:200],
                actor="mailbox",
                now=now,
            )
        self._subscribers.suppress(connection, key, becomes.value, now)

    def _verdict(
        self, connection: Connection, reader: int, kind: Bounce, now: float
    ) -> Standing | None:
        if kind is Bounce.COMPLAINT:
            return Standing.COMPLAINED
        found = connection.execute(
            select(bounces.c.kind, bounces.c.at, bounces.c.mailing)
            .join(subscribers, subscribers.c.id == bounces.c.subscriber)
            # What was before the reader came back is settled.
            .where(bounces.c.subscriber == reader, bounces.c.at >= subscribers.c.since)
            .order_by(bounces.c.at, bounces.c.id)
        ).all()
        if not found:
            return None
        hard = sum(row.kind == Bounce.HARD for row in found)
        arrived = _last_arrival(connection, reader, found[-1].mailing)
        in_a_row = [row.at for row in found if _counts(row.kind, row.mailing, arrived)]
        long_enough = bool(in_a_row) and now - in_a_row[0] >= self._rules.soft_days * _DAY
        if hard >= self._rules.hard or (len(in_a_row) >= self._rules.soft and long_enough):
            return Standing.BOUNCED
        return None


def _counts(kind: str, mailing: int | None, arrived: int) -> bool:
    """Whether a passing refusal came after the last letter that arrived."""
    return kind == Bounce.SOFT and (mailing is None or mailing > arrived)


def _last_arrival(connection: Connection, reader: int, before: int | None) -> int:
    """The last mailing before that one whose letter was posted and did not come back; 0 for none."""
    came_back = exists().where(
        bounces.c.subscriber == deliveries.c.subscriber, bounces.c.mailing == deliveries.c.mailing
    )
    query = select(func.max(deliveries.c.mailing)).where(
        deliveries.c.subscriber == reader,
        deliveries.c.state == State.POSTED.value,
        deliveries.c.mailing < (before or 0),
        ~came_back,
    )
    return connection.execute(query).scalar() or 0
