"""Mailings ↔ rows: editions frozen when their sending began."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import RowMapping, func, insert, select, update

from briefing.errors import SendError, StoreError
from briefing.model.delivery import State
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.mailing import Mailing, MailingStatus
from briefing.store.deliveries.latecomer import add_latecomer
from briefing.store.deliveries.ledger_sql import GO_ON
from briefing.store.deliveries.lineage import waits_after_failover
from briefing.store.deliveries.shares import (
    WHO_GETS_WHAT,
    Audience,
    Form,
    Forms,
    HadBefore,
    groups_of,
    share_out,
)
from briefing.store.dispatchers.base import Dispatcher
from briefing.store.editions.edition_json import emails_json
from briefing.store.engine.database import Database
from briefing.store.schema.core import deliveries, mailings
from briefing.store.schema.variants import variants


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


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptForm:
    """One form of an edition on its way or sent."""

    number: int
    form: Form
    #: How many readers were selected for it.
    readers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A mailing that has begun, and the stories of each of its forms as JSON; none for the whole alone."""

    number: int
    edition: str
    briefing: str
    list: str
    stories: dict[int, str]


_UNDER_WAY = (MailingStatus.SENDING, MailingStatus.PAUSED)


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
        forms: Forms | None = None,
    ) -> Mailing:
        """Begin a mailing: keep the very bytes, and one delivery for every active reader who gets a letter.

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
                    "email": emails_json().dump_json(email).decode(),
                    "status": MailingStatus.SENDING.value,
                    "frozen_at": float(int(now)),
                }
                if why := waits_after_failover(connection, now):
                    values |= {"status": MailingStatus.PAUSED.value, "reason": why}
                number = connection.execute(
                    insert(mailings).values(values).returning(mailings.c.number)
                ).scalar_one()
                whole = Form(email=email, hash=fingerprint(email), stories="")
                everybody = Forms(share=lambda _: 0, forms={0: whole})
                share_out(connection, number, list_name, forms or everybody)
                self._database.count_anew(connection, deliveries, WHO_GETS_WHAT)
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
            begun = ", ".join(each.edition for each in self.all(limit=5)) or "none"
            said = f"{edition!r} was never sent; `briefing send NAME` begins one. The newest begun: {begun}."
            raise StoreError(said)
        return found

    def find(self, edition: str) -> Mailing | None:
        """The mailing of an edition; None when its sending never began."""
        query = select(mailings).where(mailings.c.edition == edition)
        with self._database.read() as connection:
            found = connection.execute(query).mappings().first()
        return None if found is None else _mailing(found)

    def groups(
        self, list_name: str, before: HadBefore, *, is_foreseen: bool = False, only_reader: int = 0
    ) -> tuple[Audience, ...]:
        """See `groups_of`."""
        with self._database.read() as connection:
            return groups_of(
                connection, list_name, before, is_foreseen=is_foreseen, only_reader=only_reader
            )

    def forms(self, mailing: Mailing) -> tuple[KeptForm, ...]:
        """The forms that a mailing has, the whole edition first; none where everybody gets that."""
        query = select(variants).where(variants.c.mailing == mailing.number)
        counts = (
            select(deliveries.c.variant, func.count())
            .where(deliveries.c.mailing == mailing.number)
            .group_by(deliveries.c.variant)
        )
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(variants.c.number)).mappings().all()
            readers = {row[0]: row[1] for row in connection.execute(counts)} if rows else {}
        return tuple(
            KeptForm(
                number=row["number"],
                form=Form(
                    email=emails_json().validate_json(row["email"])
                    if row["email"]
                    else mailing.email,
                    hash=row["hash"],
                    stories=row["stories"],
                ),
                readers=readers.get(row["number"], 0),
            )
            for row in rows
        )

    def since(self, moment: float) -> tuple[Earlier, ...]:
        """Mailings that began since then (seconds since 1970) and may have reached readers, newest first."""
        query = (
            select(mailings.c.number, mailings.c.edition, mailings.c.briefing, mailings.c.list)
            .where(mailings.c.frozen_at > moment)
            .order_by(mailings.c.number.desc())
        )
        stories = select(variants.c.mailing, variants.c.number, variants.c.stories)
        with self._database.read() as connection:
            rows = connection.execute(query).mappings().all()
            known: dict[int, dict[int, str]] = {row["number"]: {} for row in rows}
            asked = stories.where(variants.c.mailing.in_(list(known)))
            for mailing, number, told in connection.execute(asked):
                known[mailing][number] = told
        return tuple(Earlier(**row, stories=known[row["number"]]) for row in rows)

    def number(self, edition: str) -> int | None:
        """The number of an edition's mailing, without its letter."""
        query = select(mailings.c.number).where(mailings.c.edition == edition)
        with self._database.read() as connection:
            return connection.execute(query).scalar()

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
        under_way = mailings.c.status.in_([one.value for one in _UNDER_WAY])
        change = update(mailings).where(mailings.c.edition == edition, under_way)
        with self._database.write() as connection:
            changed = connection.execute(change.values(status=status.value, reason=reason))
        if changed.rowcount:
            return self.get(edition)
        return self.steerable(edition)

    def steerable(self, edition: str) -> Mailing:
        """An edition's mailing, where somebody may still pause, resume or abort it.

        Raises:
            StoreError: when its sending never began.
            SendError: when the mailing is aborted or sent, which nothing undoes.
        """
        mailing = self.get(edition)
        if mailing.status not in _UNDER_WAY:
            raise SendError(f"{edition} is {mailing.status} already; nothing can change that.")
        return mailing

    def reopen(self, number: int) -> None:
        """Let a mailing that was called sent go on, because letters of it are to be tried again."""
        with self._database.write() as connection:
            connection.execute(GO_ON, {"in_mailing": number})

    def welcome(self, list_name: str, reader: int, since: float) -> str:
        """Have the newest edition of a list, begun since a moment, delivered to one more reader.

        Returns:
            Its id; empty when there is none, when it is paused or aborted, or when they had it.
        """
        with self._database.write() as connection:
            return add_latecomer(connection, list_name, reader, since)

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
        email=emails_json().validate_json(row["email"]),
        hash=row["hash"],
        status=MailingStatus(row["status"]),
        reason=row["reason"],
        frozen_at=row["frozen_at"],
        done_at=row["done_at"],
    )
