"""The ledger for several senders on one PostgreSQL: they take slices, and every step is fenced.

A sender takes a slice of open deliveries under its name, with a lease that it renews. Whatever it
writes is conditional on still holding them, by the database's clock: a process that was stopped and
wakes after its lease cannot let a letter leave that somebody else has taken by then. Nobody waits
for anybody: what another transaction holds is passed over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, TextClause, text

from briefing.model.delivery import Addressee, Outcome, State
from briefing.store.deliveries import leased_ledger_sql
from briefing.store.deliveries.bounces import BounceLog
from briefing.store.deliveries.ledger import Ledger
from briefing.store.deliveries.ledger_sql import STOPPED
from briefing.store.departures import Departures
from briefing.store.engine.async_line import AsyncLines
from briefing.store.engine.database import Database
from briefing.store.readers.subscriber_rows import addressee


class LeasedLedger(Ledger):
    """The deliveries of one mailing, for one of several senders. PostgreSQL only."""

    #: What a sender may write; tests take a condition out of one and see what it was for.
    pending_slice, due_slice = leased_ledger_sql.PENDING_SLICE, leased_ledger_sql.DUE_SLICE
    intent, outcome = leased_ledger_sql.INTENT, leased_ledger_sql.OUTCOME

    def __init__(
        self,
        database: Database,
        number: int,
        bounces: BounceLog,
        worker: str,
        lease: float,
        *,
        departures: Departures,
    ) -> None:
        """Serve one sender.

        Args:
            database: writes side by side; see `Database.side_by_side`.
            number: of the mailing.
            bounces: what a refusal means for the reader.
            worker: the sender; a name that is never used again.
            lease: how many seconds a delivery is held without being renewed.
            departures: who left while the database could not be written.
        """
        super().__init__(database, number, bounces, departures)
        self._who_and_what = {"mailing": number, "worker": worker}
        self._lease = lease
        #: Where to ask whether there is work: the same database, and open already where somebody has it.
        self.reads = database
        #: Deliveries whose lease had ended before their letter's turn came.
        self.lost = 0
        #: Deliveries held: taken and not yet ended.
        self._held: set[int] = set()
        # Outcomes and intents are of different readers, so one statement can do both.
        self._both = text(f"WITH settled AS ({self.outcome.text}) {self.intent.text}")
        self._line: Connection | None = None
        #: A commit and a slice may be under way at once.
        self._lines = AsyncLines(database)

    def pending(self, after: int, limit: int) -> list[Addressee]:
        """Take the next readers whose letter was never tried; at the end of the list from its start.

        What a dead sender held, and others passed over, is found there.
        """
        return self._take(self.pending_slice, limit, after=after) or (
            self._take(self.pending_slice, limit, after=0) if after else []
        )

    def due(self, now: float, limit: int) -> list[Addressee]:
        """Take readers whose deferred letter is to be tried again by now."""
        return self._take(self.due_slice, limit, now=now)

    async def pending_meanwhile(self, after: int, limit: int) -> list[Addressee]:
        """Take the next readers after the one given, as `pending`, while the event loop goes on."""
        if self._is_pooled:
            return self._take(self.pending_slice, limit, after=after)
        asked = {**self._who_and_what, "lease": self._lease, "limit": limit, "after": after}
        return self._hold(await self._lines.say(self.pending_slice, asked))

    def has_work(self, now: float) -> bool:
        """True when something waits that no living sender holds."""
        asked = {**self._who_and_what, "now": now}
        with self.reads.read() as connection:
            return connection.execute(leased_ledger_sql.WORK, asked).first() is not None

    def commit(
        self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float
    ) -> frozenset[int] | None:
        """As `Ledger.commit`; and only what this sender still holds may leave."""
        self.heed_departures(intents)
        if all(outcome.is_plain for outcome in outcomes):
            granted = self._at_once(intents, outcomes, now)
        else:
            granted = self._step_by_step(intents, outcomes, now)
        return self._let_go(intents, outcomes, granted)

    async def commit_meanwhile(
        self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float
    ) -> frozenset[int] | None:
        """As `commit`, and in the plain case the event loop goes on with other letters meanwhile."""
        if self._is_pooled or not intents or not all(outcome.is_plain for outcome in outcomes):
            return self.commit(intents, outcomes, now)
        self.heed_departures(intents)
        told = {**self._told(outcomes), **self._asked(sorted(intents)), "now": now}
        statement = self._both if outcomes else self.intent
        granted = frozenset(reader for (reader,) in await self._lines.say(statement, told))
        return self._let_go(intents, outcomes, self._all_said(intents, told, granted))

    def _let_go(
        self, intents: Sequence[int], outcomes: Sequence[Outcome], granted: frozenset[int] | None
    ) -> frozenset[int] | None:
        """Hold no more what has ended and what may not leave."""
        self._held.difference_update(outcome.reader for outcome in outcomes)
        if granted is not None:
            refused = set(intents) - granted
            self._held -= refused
            self.lost += len(refused)
        return granted

    def _at_once(
        self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float
    ) -> frozenset[int] | None:
        """Commit in one statement: each way to the database and back keeps every letter waiting."""
        told = self._told(outcomes) if outcomes else {}
        asked = {**self._asked(sorted(intents)), "now": now} if intents else {}
        if not intents:
            if outcomes:
                self._say(self.outcome, told)
            return frozenset()
        granted = frozenset(self._say(self._both if outcomes else self.intent, {**told, **asked}))
        return self._all_said(intents, asked, granted)

    def _all_said(
        self, intents: Sequence[int], asked: Mapping[str, object], granted: frozenset[int]
    ) -> frozenset[int] | None:
        """What was granted; None when nobody's letter may leave any more."""
        if len(granted) == len(intents):
            return granted
        with self._writing() as connection:
            return self._left_out(connection, asked, granted)

    def _step_by_step(
        self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float
    ) -> frozenset[int] | None:
        """Commit what else has to be written down with the outcomes."""
        with self._writing() as connection:
            if any(outcome.delivery.state is State.BOUNCED for outcome in outcomes):
                # What a bounce means is read and then written, so others must not do so meanwhile.
                Database.take_turn(connection)
            self._write(connection, outcomes, now)
            return self._claim(connection, intents, now) if intents else frozenset()

    def put_off(self, readers: Sequence[int], until: float, why: str) -> None:
        """As `Ledger.put_off`; only what this sender still holds."""
        with self._writing() as connection:
            connection.execute(
                leased_ledger_sql.PUT_OFF,
                {**self._asked(sorted(readers)), "until": until, "why": why},
            )
        self._held.difference_update(readers)

    def count(self, outcomes: Sequence[Outcome], now: float) -> None:
        """As `Ledger.count`; only where this sender's word is the last one about the delivery.

        A reader whose letter somebody else is trying by now would be skipped for a refusal that
        the ledger no longer knows.
        """
        with self._writing() as connection:
            # What a bounce means is read and then written, so others must not do so meanwhile.
            Database.take_turn(connection)
            # One that is still on its way into the ledger is written down here.
            self._settled(connection, outcomes)
            asked = {**self._who_and_what, "readers": [outcome.reader for outcome in outcomes]}
            refused = frozenset(connection.execute(leased_ledger_sql.REFUSED, asked).scalars())
            for outcome in outcomes:
                if outcome.reader in refused:
                    self._bounces.refused(connection, self._number, outcome, now)

    def renew(self) -> None:
        """Hold what is held for another lease; what was lost meanwhile stays lost."""
        if self._held:
            with self._writing() as connection:
                connection.execute(leased_ledger_sql.RENEWAL, self._asked(sorted(self._held)))

    def release(self) -> None:
        """Let go of what was taken and not tried."""
        if self._held:
            with self._writing() as connection:
                connection.execute(leased_ledger_sql.RELEASE, self._asked(sorted(self._held)))
            self._held.clear()

    def settle(self, reader: int, state: State, reply: str, *, doubtful: bool) -> None:
        """As `Ledger.settle`; only what this sender still holds."""
        asked = {"reader": reader, "state": state.value, "reply": reply, "doubtful": doubtful}
        with self._writing() as connection:
            connection.execute(leased_ledger_sql.SETTLE, {**self._who_and_what, **asked})

    def recover(self, due: float | None) -> int:
        """Face the letters of senders that died: those whose lease ran out on the wire."""
        state = State.IN_DOUBT if due is None else State.DEFERRED
        asked = {**self._who_and_what, "state": state.value, "due": due, "reply": STOPPED}
        with self._writing() as connection:
            return connection.execute(leased_ledger_sql.LOST, asked).rowcount

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._database.write() as connection:
            yield connection

    def _take(self, slice_: TextClause, limit: int, **more: float) -> list[Addressee]:
        asked = {**self._who_and_what, "lease": self._lease, "limit": limit, **more}
        with self._writing() as connection:
            rows = connection.execute(slice_, asked).all()
        return self._hold(rows)

    def _hold(self, rows: Iterable[Iterable[Any]]) -> list[Addressee]:
        found = [addressee(row) for row in rows]
        self._held.update(one.reader.id for one in found)
        return found

    def _say(self, statement: TextClause, asked: Mapping[str, object]) -> Sequence[int]:
        """Run a statement that is a transaction of its own, on a connection kept for that."""
        with self._database.faults(self._database.name):
            if self._line is None:
                self._line = self._database.line()
            if self._line is not None:
                return self._line.execute(statement, asked).scalars().all()
        with self._writing() as connection:
            return connection.execute(statement, asked).scalars().all()

    def close(self) -> None:
        """Give the connections back."""
        if self._line is not None:
            self._line.close()
        self._lines.close()

    @cached_property
    def _is_pooled(self) -> bool:
        return self._database.is_pooled

    def _claim(
        self, connection: Connection, intents: Sequence[int], now: float
    ) -> frozenset[int] | None:
        asked = {**self._asked(sorted(intents)), "now": now}
        granted = frozenset(connection.execute(self.intent, asked).scalars())
        if len(granted) == len(intents):
            return granted
        return self._left_out(connection, asked, granted)

    def _left_out(
        self, connection: Connection, asked: Mapping[str, object], granted: frozenset[int]
    ) -> frozenset[int] | None:
        """Skip those of the asked who have left; None when nobody's letter may leave any more."""
        # Whatever was granted was going on; a pause since then is met by the next commit.
        if not granted and not self._goes_on(connection):
            return None
        # They are not granted either, and lost by nobody.
        self.lost -= connection.execute(leased_ledger_sql.SKIP, asked).rowcount
        return granted

    def _settled(self, connection: Connection, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
        known = frozenset(connection.execute(self.outcome, self._told(outcomes)).scalars())
        return [outcome for outcome in outcomes if outcome.reader in known]

    def _told(self, outcomes: Sequence[Outcome]) -> dict[str, object]:
        # Rows are locked in one order, whoever locks them.
        ordered = sorted(outcomes, key=lambda outcome: outcome.reader)
        return {
            **self._who_and_what,
            "told": [outcome.reader for outcome in ordered],
            "states": [outcome.delivery.state.value for outcome in ordered],
            "replies": [outcome.delivery.detail for outcome in ordered],
            "dues": [outcome.due for outcome in ordered],
            "doubts": [outcome.doubtful for outcome in ordered],
        }

    def _asked(self, readers: list[int]) -> dict[str, object]:
        return {**self._who_and_what, "lease": self._lease, "readers": readers}
