"""Mailings ↔ rows: editions frozen when their sending began."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from pydantic import TypeAdapter
from sqlalchemy import RowMapping, func, insert, literal, select, update

from briefing.errors import SendError, StoreError
from briefing.model.delivery import State
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.mailing import Mailing, MailingStatus
from briefing.model.subscriber import Standing
from briefing.store.deliveries.lineage import waits_after_failover
from briefing.store.dispatchers.base import Dispatcher
from briefing.store.engine.database import Database
from briefing.store.schema.core import deliveries, mailings, subscribers


@cache
def _emails() -> TypeAdapter[Email]:
    """Made when the first email is read or written: that takes a while."""
    return TypeAdapter(Email)


def fingerprint(email: Email) -> str:
    """SHA-256 over what readers see, tokens still open: what an approval binds to."""
    seen = "\x00".join((email.subject, email.html, email.text))
    return sha256(seen.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """What a list of mailings shows of each; its letters are ten thousand times as long."""

    edition: str
    subject: str
    hash: str
    frozen_at: float


class Mailings:
    """What is being sent and what was."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def freeze(
        self,
        edition: Edition,
        email: Email,
        list_name: str,
        now: float,
        dispatcher: Dispatcher | None = None,
    ) -> Mailing:
        """Begin a mailing: keep the very bytes, and one delivery for every active reader.

        Beginning again changes nothing: the mailing that is there is returned, whatever the
        draft has become since. It is one transaction, so there is never half a list, and with a
        dispatcher never a mailing that nobody was asked to deliver.
        """
        with self._database.write() as connection:
            query = select(mailings).where(mailings.c.edition == edition.id)
            found = connection.execute(query).mappings().first()
            if found is None:
                values = {
                    "edition": edition.id,
                    "briefing": edition.briefing,
                    "list": list_name,
                    "title": edition.title,
                    "subject": email.subject,
                    "hash": fingerprint(email),
                    "email": _emails().dump_json(email).decode(),
                    "status": MailingStatus.SENDING.value,
                    "frozen_at": float(int(now)),
                }
                if why := waits_after_failover(connection, now):
                    values |= {"status": MailingStatus.PAUSED.value, "reason": why}
                number = connection.execute(
                    insert(mailings).values(values).returning(mailings.c.number)
                ).scalar_one()
                source = select(
                    literal(number), subscribers.c.id, literal(State.PENDING.value)
                ).where(
                    subscribers.c.list == list_name,
                    subscribers.c.standing == Standing.ACTIVE.value,
                )
                columns = ["mailing", "subscriber", "state"]
                connection.execute(
                    insert(deliveries).from_select(columns, source, include_defaults=False)
                )
                self._database.count_anew(connection, deliveries, subscribers)
                found = connection.execute(query).mappings().one()
            if dispatcher is not None:
                dispatcher.dispatch(connection, edition.id)
        return _mailing(found)

    def get(self, edition: str) -> Mailing:
        """The mailing of an edition.

        Raises:
            StoreError: when its sending never began.
        """
        found = self.find(edition)
        if found is None:
            raise StoreError(
                f"{edition!r} was never sent; `briefing send {edition}` would begin it."
            )
        return found

    def find(self, edition: str) -> Mailing | None:
        """The mailing of an edition; None when its sending never began."""
        query = select(mailings).where(mailings.c.edition == edition)
        with self._database.read() as connection:
            found = connection.execute(query).mappings().first()
        return None if found is None else _mailing(found)

    def listed(self, briefing: str, statuses: Iterable[MailingStatus]) -> tuple[Headed, ...]:
        """A briefing's mailings that are so far, newest first, without their letters."""
        columns = (mailings.c.edition, mailings.c.subject, mailings.c.hash, mailings.c.frozen_at)
        query = select(*columns).where(
            mailings.c.briefing == briefing,
            mailings.c.status.in_([status.value for status in statuses]),
        )
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(mailings.c.number.desc())).mappings().all()
        return tuple(Headed(**row) for row in rows)

    def all(
        self, *, status: MailingStatus | None = None, limit: int | None = None
    ) -> tuple[Mailing, ...]:
        """Mailings, newest first; each with the whole of its email, so ask for no more than needed.

        Args:
            status: only those that stand so; all when left out.
            limit: no more than so many.
        """
        query = select(mailings).order_by(mailings.c.number.desc()).limit(limit)
        if status is not None:
            query = query.where(mailings.c.status == status.value)
        with self._database.read() as connection:
            return tuple(_mailing(row) for row in connection.execute(query).mappings())

    def turn(self, edition: str, status: MailingStatus, reason: str = "") -> Mailing:
        """Pause, resume or abort.

        Raises:
            SendError: when the mailing is aborted or sent, which nothing undoes.
        """
        with self._database.write() as connection:
            changed = connection.execute(
                update(mailings)
                .where(
                    mailings.c.edition == edition,
                    mailings.c.status.in_(
                        [MailingStatus.SENDING.value, MailingStatus.PAUSED.value]
                    ),
                )
                .values(status=status.value, reason=reason)
            )
        mailing = self.get(edition)
        if not changed.rowcount:
            raise SendError(f"{edition} is {mailing.status} already; nothing can change that.")
        return mailing

    def reopen(self, number: int) -> None:
        """Let a mailing that was called sent go on, because letters of it are to be tried again."""
        with self._database.write() as connection:
            connection.execute(
                update(mailings)
                .where(mailings.c.number == number, mailings.c.status == MailingStatus.SENT.value)
                .values(status=MailingStatus.SENDING.value, done_at=None)
            )

    def finish(self, number: int, now: float) -> bool:
        """Call a mailing sent when no delivery of it is open; True when it is."""
        is_open = select(func.count()).where(
            deliveries.c.mailing == number,
            deliveries.c.state.in_(
                [State.PENDING.value, State.POSTING.value, State.DEFERRED.value]
            ),
        )
        with self._database.write() as connection:
            if connection.execute(is_open).scalar_one():
                return False
            connection.execute(
                update(mailings)
                .where(
                    mailings.c.number == number, mailings.c.status == MailingStatus.SENDING.value
                )
                .values(status=MailingStatus.SENT.value, done_at=now)
            )
        return True


def _mailing(row: RowMapping) -> Mailing:
    return Mailing(
        number=row["number"],
        edition=row["edition"],
        briefing=row["briefing"],
        list=row["list"],
        title=row["title"],
        email=_emails().validate_json(row["email"]),
        hash=row["hash"],
        status=MailingStatus(row["status"]),
        reason=row["reason"],
        frozen_at=row["frozen_at"],
        done_at=row["done_at"],
    )
