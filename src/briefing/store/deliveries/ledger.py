"""The ledger ↔ rows: one delivery for each reader of a mailing, and what became of it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)

from briefing.model.delivery import Addressee, Outcome, Row, State
from briefing.model.mailing import MailingStatus
from briefing.store.deliveries.bounces import BounceLog
from briefing.store.deliveries.ledger_pages import pages_of
from briefing.store.deliveries.ledger_sql import (
    CLAIM,
    CLAIM_ON_SERVER,
    GO_ON,
    OUTCOME,
    PUT_OFF,
    SETTLE,
    SKIP,
    STATUS,
    STOPPED,
)
from briefing.store.deliveries.ledger_totals import counted
from briefing.store.deliveries.rate_limits import Tokens
from briefing.store.departures import Departures
from briefing.store.engine.database import Database
from briefing.store.readers.subscriber_rows import addressee, told
from briefing.store.schema.core import deliveries, subscribers, tries

_READER = (
    subscribers.c.id,
    subscribers.c.ref,
    subscribers.c.email,
    subscribers.c.name,
    subscribers.c.tags,
)
_LETTER = (
    deliveries.c.tries,
    deliveries.c.doubtful,
    deliveries.c.at,
    deliveries.c.variant,
)


class Ledger:
    """The deliveries of one mailing. Every method is one transaction."""

    def __init__(
        self, database: Database, number: int, bounces: BounceLog, departures: Departures
    ) -> None:
        self._database, self._number, self._bounces = database, number, bounces
        self._departures = departures

    @property
    def tokens(self) -> Tokens:
        """What the relay and the mailbox hosts still allow, over the same connections."""
        return Tokens(self._database)

    def pending(self, after: int, limit: int) -> list[Addressee]:
        """The next readers whose letter was never tried, by number, after the one given."""
        page = (
            select(deliveries)
            .where(
                self._mine(),
                deliveries.c.state == State.PENDING.value,
                deliveries.c.subscriber > after,
            )
            .order_by(deliveries.c.subscriber)
            .limit(limit)
            # The page first, and its readers then: PostgreSQL would walk through all readers up to it.
            .subquery()
        )
        who = [*_READER, *(page.c[column.name] for column in _LETTER)]
        query = select(*who).join(page, page.c.subscriber == subscribers.c.id)
        return self._addressees(query.order_by(page.c.subscriber))

    def due(self, now: float, limit: int) -> list[Addressee]:
        """Readers whose deferred letter is to be tried again by now, longest waiting first."""
        query = self._who().where(
            deliveries.c.state == State.DEFERRED.value, deliveries.c.due <= now
        )
        order = (deliveries.c.due, deliveries.c.subscriber)
        return self._addressees(query.order_by(*order).limit(limit))

    def has_work(self, now: float) -> bool:
        """True when a letter waits that was never tried, or is to be tried again by now."""
        waits = or_(
            deliveries.c.state.in_([State.PENDING.value, State.POSTING.value]),
            and_(deliveries.c.state == State.DEFERRED.value, deliveries.c.due <= now),
        )
        query = select(deliveries.c.subscriber).where(self._mine(), waits).limit(1)
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def next_due(self) -> float | None:
        """When the next deferred letter is to be tried, in seconds since 1970."""
        query = select(func.min(deliveries.c.due)).where(
            self._mine(), deliveries.c.state == State.DEFERRED.value, deliveries.c.due.is_not(None)
        )
        with self._database.read() as connection:
            found: float | None = connection.execute(query).scalar()
        return found

    def commit(
        self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float
    ) -> frozenset[int] | None:
        """Write down in one transaction what became of letters, and which are to leave next.

        A reader who has left the list since is skipped, here and now. Only a delivery that is
        still open can be claimed, so two senders never post the same letter.

        Returns:
            The readers whose letter may leave; None when the mailing is paused or aborted.
        """
        self.heed_departures(intents)
        with self._database.write() as connection:
            self._write(connection, outcomes, now)
            if not intents:
                return frozenset()
            return self._claim(connection, intents, now)

    def heed_departures(self, intents: Sequence[int]) -> None:
        """Before letters leave, let the database know who left while it could not be written."""
        if intents and self._departures.is_behind:
            self._departures.catch_up()

    def recover(self, due: float | None) -> int:
        """Face the letters whose outcome was never seen, because the sender died.

        Args:
            due: when to try them again, in seconds since 1970 (a reader may get two, should nobody
                know better by then); None to let them wait in doubt for a person.

        Returns:
            How many there were.
        """
        state = State.IN_DOUBT if due is None else State.DEFERRED
        reply = STOPPED
        lost = (self._mine(), deliveries.c.state == State.POSTING.value)
        with self._database.write() as connection:
            source = select(
                deliveries.c.mailing,
                deliveries.c.subscriber,
                deliveries.c.at,
                literal(State.IN_DOUBT.value),
                literal(reply),
            ).where(*lost)
            columns = ["mailing", "subscriber", "at", "state", "reply"]
            connection.execute(insert(tries).from_select(columns, source))
            changed = connection.execute(
                update(deliveries)
                .where(*lost)
                .values(state=state.value, doubtful=True, due=due, reply=reply)
            )
        return changed.rowcount

    def put_off(self, readers: Sequence[int], until: float, why: str) -> None:
        """Let letters that were not tried wait until then, with the reason."""
        asked = {"in_mailing": self._number, "readers": list(readers), "until": until, "why": why}
        with self._database.write() as connection:
            connection.execute(PUT_OFF, asked)

    def settle(self, reader: int, state: State, reply: str, *, doubtful: bool) -> None:
        """Write down what was found out about a letter in doubt that was about to be tried again."""
        to = {"to_state": state.value, "to_reply": reply, "is_doubtful": doubtful}
        with self._database.write() as connection:
            connection.execute(SETTLE, {"in_mailing": self._number, "of_reader": reader, **to})

    def count(self, outcomes: Sequence[Outcome], now: float) -> None:
        """Let refusals that were written down before count against their readers."""
        with self._database.write() as connection:
            for outcome in outcomes:
                self._bounces.refused(connection, self._number, outcome, now)

    def reopen(self, readers: Sequence[int], due: float, why: str) -> None:
        """Let letters that were refused for good be tried once more from then on."""
        refused = (deliveries.c.subscriber.in_(readers), deliveries.c.state == State.BOUNCED.value)
        again = {"state": State.DEFERRED.value, "due": due, "reply": why}
        with self._database.write() as connection:
            connection.execute(update(deliveries).where(self._mine(), *refused).values(again))
            # Another sender, for whom nothing was open, may have called the mailing sent by now.
            connection.execute(GO_ON, {"in_mailing": self._number})

    def retry(self, now: float, states: Sequence[State]) -> int:
        """Make deliveries in these states due now; for a person who knows why."""
        with self._database.write() as connection:
            changed = connection.execute(
                update(deliveries)
                .where(self._mine(), deliveries.c.state.in_([state.value for state in states]))
                .values(state=State.DEFERRED.value, due=now)
            )
        return changed.rowcount

    def counts(self) -> dict[State, int]:
        """How many deliveries are in which state; their sum is the number of readers selected."""
        found: Counter[State] = Counter()
        with self._database.read() as connection:
            for state, count, _ in counted(connection, self._number):
                found[State(state)] += count
        return {state: count for state, count in found.items() if count}

    def doubtful(self) -> int:
        """How many readers may have the letter more than once, or unseen."""
        with self._database.read() as connection:
            return sum(doubtful for _, _, doubtful in counted(connection, self._number))

    def rows(self, state: State | None = None, most: int | None = None) -> Iterator[Row]:
        """The deliveries one by one, as a person reads them; no more than so many."""
        for page in self.pages(state, most):
            yield from map(told, page)

    def pages(
        self, state: State | None = None, most: int | None = None
    ) -> Iterator[Sequence[Sequence[Any]]]:
        """As `rows`, as bare as they are kept: thousands together, the parts of a `Row` in its order."""
        with self._database.read() as connection:
            yield from pages_of(connection, self._number, state, most)

    def _mine(self) -> ColumnElement[bool]:
        return deliveries.c.mailing == self._number

    def _who(self) -> Select[tuple[object, ...]]:
        joined = select(*_READER, *_LETTER).join(
            deliveries, deliveries.c.subscriber == subscribers.c.id
        )
        return joined.where(self._mine())

    def _addressees(self, query: Select[tuple[object, ...]]) -> list[Addressee]:
        with self._database.read() as connection:
            return [addressee(row) for row in connection.execute(query)]

    def _claim(
        self, connection: Connection, intents: Sequence[int], now: float
    ) -> frozenset[int] | None:
        asked = {"in_mailing": self._number, "readers": list(intents)}
        claim = CLAIM if self._database.is_sqlite else CLAIM_ON_SERVER
        granted = frozenset(connection.execute(claim, {**asked, "now": now}).scalars())
        return self._without_leavers(connection, intents, granted)

    def _without_leavers(
        self, connection: Connection, intents: Sequence[int], granted: frozenset[int]
    ) -> frozenset[int] | None:
        """What was granted, and skip who has left; None when nobody's letter may leave any more."""
        if len(granted) == len(intents):
            return granted
        # Whatever was granted was going on.
        if not granted and not self._goes_on(connection):
            return None
        connection.execute(SKIP, {"in_mailing": self._number, "readers": list(intents)})
        return granted

    def _goes_on(self, connection: Connection) -> bool:
        status = connection.execute(STATUS, {"in_mailing": self._number}).scalar_one()
        return bool(status == MailingStatus.SENDING.value)

    def _write(self, connection: Connection, outcomes: Sequence[Outcome], now: float) -> None:
        if not outcomes:
            return
        for outcome in self._settled(connection, outcomes):
            if outcome.delivery.state is State.DEFERRED or outcome.doubtful:
                row = {"state": outcome.delivery.state.value, "reply": outcome.delivery.detail}
                connection.execute(
                    insert(tries).values(
                        mailing=self._number, subscriber=outcome.reader, at=now, **row
                    )
                )
            elif outcome.delivery.state is State.BOUNCED:
                self._bounces.refused(connection, self._number, outcome, now)

    def _settled(self, connection: Connection, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
        """Keep the outcomes; those are returned that had still to be told."""
        connection.execute(text(OUTCOME), [self.values(outcome) for outcome in outcomes])
        return outcomes

    def values(self, outcome: Outcome) -> dict[str, object]:
        """What `OUTCOME` is told of an outcome."""
        return {
            "in_mailing": self._number,
            "of_reader": outcome.reader,
            "to_state": outcome.delivery.state.value,
            "to_reply": outcome.delivery.detail,
            "to_due": outcome.due,
            "is_doubtful": outcome.doubtful,
        }
