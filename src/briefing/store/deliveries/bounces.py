"""Bounces ↔ rows: what mailboxes and relays said, and what follows for the reader."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from hashlib import sha256

from sqlalchemy import (
    Connection,
    RowMapping,
    ScalarSelect,
    Select,
    bindparam,
    func,
    insert,
    select,
)

from briefing.model.delivery import Bounce, Outcome
from briefing.model.subscriber import Standing, Subscriber
from briefing.store.deliveries.blocking_hosts import (
    BlockingHost,
    domain_of,
    hosts_that_block,
    is_at,
)
from briefing.store.deliveries.bounce_rules import BounceRules, BounceVerdicts
from briefing.store.departures.gathering import together
from briefing.store.engine.database import Database
from briefing.store.readers.subscriber_rows import READERS, subscriber_of
from briefing.store.readers.subscribers import Subscribers
from briefing.store.schema.core import bounces, changes, deliveries, mailings, subscribers
from briefing.store.schema.editing import deeds

_LONGEST_CAUSE = 300
# Built once: for tens of thousands of reports, building them would take longer than running them.
_INSERT, _DEED = insert(bounces), insert(deeds)
_EDITION = select(mailings.c.edition).where(mailings.c.number == bindparam("mailing"))
_KNOWN = select(bounces.c.id).where(bounces.c.report == bindparam("report"))
_READER = subscribers.c.id == bindparam("reader")
_STANDING = select(subscribers.c.standing).where(_READER)
_WHO = select(subscribers.c.email_key, subscribers.c.email, subscribers.c.ref).where(_READER)
_SAME = select(subscribers.c.id).where(subscribers.c.email_key == bindparam("key"))


class BounceLog:
    """Writes down reports and applies the rules."""

    def __init__(self, database: Database, subscribers: Subscribers, rules: BounceRules) -> None:
        self._database, self._subscribers = database, subscribers
        self._verdicts = BounceVerdicts(rules)

    def complaints(self, since: float) -> int:
        """How many complaints have come since a moment."""
        query = (
            select(func.count())
            .select_from(bounces)
            .where(bounces.c.kind == Bounce.COMPLAINT.value, bounces.c.at > since)
        )
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

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
            "reason": outcome.reason or "",
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
        reason: str = "",
        connection: Connection | None = None,
    ) -> bool:
        """A report came in; of many where `together` gave a connection.

        Returns:
            False when it was counted before.
        """
        values = {
            "subscriber": reader,
            "mailing": mailing,
            "at": now,
            "kind": kind.value,
            "status": status,
            "detail": detail,
            "reason": reason,
        }
        if connection is not None:
            return self._note(connection, report, values)
        with self._database.write() as own:
            return self._note(own, report, values)

    @contextmanager
    def together(self) -> Iterator[Callable[..., bool]]:
        """`reported` for many at once: the disk is waited for once, and all of them count or none."""
        write = self._subscribers.departures.write
        with self._database.write() as connection, together(connection, write):
            yield partial(self.reported, connection=connection)

    def _note(self, connection: Connection, report: bytes, values: Mapping[str, object]) -> bool:
        digest = sha256(report).hexdigest()
        if connection.execute(_KNOWN, {"report": digest}).first() is not None:
            return False
        who = {"reader": values["subscriber"]}
        if connection.execute(_STANDING, who).scalar() == Standing.ERASED:
            # What the mailbox said names the address, and nothing is kept of that.
            connection.execute(_INSERT, {**values, "report": digest, "detail": ""})
            return True
        connection.execute(_INSERT, {**values, "report": digest})
        self._apply(connection, values)
        return True

    def _apply(self, connection: Connection, values: Mapping[str, object]) -> None:
        reader, now = int(str(values["subscriber"])), float(str(values["at"]))
        kind = Bounce(str(values["kind"]))
        becomes = self._verdicts.verdict(connection, reader, kind, now)
        if becomes is None:
            return
        found = connection.execute(_WHO, {"reader": reader}).one()
        why = str(values["reason"] or values["status"])
        said = f"{kind}: {why}: {values['detail']}".replace(": :", ":")
        # The mailbox is the same on every list.
        changed = [
            self._subscribers.change_in(
                connection,
                other,
                becomes,
                only_from=(Standing.PENDING, Standing.ACTIVE, Standing.PAUSED),
                cause=said[:_LONGEST_CAUSE],
                actor="mailbox",
                now=now,
            )
            for other in connection.execute(_SAME, {"key": found.email_key}).scalars().all()
        ]
        self._subscribers.suppress(connection, found.email_key, becomes.value, now)
        if any(changed):
            # The log outlives an erasure, so it names the reader as links do.
            words = said.replace(found.email, "(the reader)")[:_LONGEST_CAUSE]
            line = {"at": now, "actor": "mailbox", "verb": "drop reader"}
            edition = _edition(connection, values["mailing"])
            connection.execute(
                _DEED, {**line, "edition": edition, "detail": f"{found.ref}: {words}"}
            )

    def undo(self, mailing: int, *, actor: str, now: float, dry: bool) -> list[Subscriber]:
        """Take back what the bounces of one mailing did to readers; complaints stay.

        Args:
            mailing: its number.
            actor: who wants that.
            now: seconds since 1970.
            dry: only find out who it would be.

        Returns:
            The readers who get letters again, on each list as they stood before.
        """
        with self._database.write() as connection:
            dropped = connection.execute(_dropped(mailing)).mappings().all()
            for row in () if dry else dropped:
                self._give_back(connection, row, "its bounces were taken back", actor, now)
        return [subscriber_of(row) for row in dropped]

    def give_back_where_all_were_refused(self, mailing: int, *, now: float) -> list[BlockingHost]:
        """Take back what hosts did to readers that refused everybody's letter of a mailing.

        A host that says so again and again is believed: as often, and over as many days, as passing
        refusals count.

        Args:
            mailing: its number.
            now: seconds since 1970.

        Returns:
            Those of the hosts for which somebody gets letters again.
        """
        with self._database.read() as connection:
            hosts = {one.domain: one for one in hosts_that_block(connection, mailing)}
        if not hosts:
            return []
        back = Counter[str]()
        with self._database.write() as connection:
            for row in connection.execute(_dropped(mailing)).mappings().all():
                if not is_at(row, set(hosts)) or self._verdicts.persists(
                    connection, row["id"], mailing, now
                ):
                    continue
                cause = f"{domain_of(row['email_key'])} refused everybody"
                self._give_back(connection, row, cause, "mailbox", now)
                back[domain_of(row["email_key"])] += 1
        return [replace(hosts[domain], given_back=count) for domain, count in back.items()]

    def _give_back(
        self, connection: Connection, row: RowMapping, cause: str, actor: str, now: float
    ) -> None:
        was = connection.execute(_before(row["id"])).scalar_one()
        self._subscribers.change_in(
            connection,
            row["id"],
            Standing(was),
            only_from=(Standing.BOUNCED,),
            cause=cause,
            actor=actor,
            now=now,
        )
        self._subscribers.allow(connection, row["email_key"])


def last_bounce(column: str) -> ScalarSelect[str]:
    """Beside a delivery: what was written down last of a letter that was refused or came back."""
    query = select(bounces.c[column]).where(
        bounces.c.mailing == deliveries.c.mailing,
        bounces.c.subscriber == deliveries.c.subscriber,
    )
    return query.order_by(bounces.c.id.desc()).limit(1).scalar_subquery()


def _edition(connection: Connection, mailing: object) -> str:
    return connection.execute(_EDITION, {"mailing": mailing}).scalar() or ""


def _dropped(mailing: int) -> Select[tuple[object, ...]]:
    """Readers of any list who stand as bounced since a bounce of that mailing."""
    told = subscribers.alias()
    since = (
        select(bounces.c.id)
        .join(told, told.c.id == bounces.c.subscriber)
        .where(
            bounces.c.mailing == mailing,
            bounces.c.at == subscribers.c.since,
            told.c.email_key == subscribers.c.email_key,
        )
        .exists()
    )
    query = READERS.add_columns(subscribers.c.email_key)
    return query.where(subscribers.c.standing == Standing.BOUNCED.value, since).order_by(
        subscribers.c.id
    )


def _before(reader: int) -> Select[str]:
    """How a reader stood before the last change."""
    query = select(changes.c.was).where(changes.c.subscriber == reader)
    return query.order_by(changes.c.id.desc()).limit(1)
