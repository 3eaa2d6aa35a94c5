"""The ledger for several senders on one PostgreSQL: they take slices, and every step is fenced.

A sender takes a slice of open deliveries under its name, with a lease that it renews. Whatever it
writes is conditional on still holding them, by the database's clock: a process that was stopped and
wakes after its lease cannot let a letter leave that somebody else has taken by then. Nobody waits
for anybody: what another transaction holds is passed over.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, TextClause, text

from briefing.model.delivery import Addressee, Outcome, State
from briefing.model.mailing import Status
from briefing.model.subscriber import Standing
from briefing.store.bounces import Bounces
from briefing.store.database import Database
from briefing.store.ledger import Ledger
from briefing.store.posting_statements import LEFT, STOPPED
from briefing.store.subscriber_rows import addressee

_CLOCK = "extract(epoch FROM clock_timestamp())::float8"
_FREE = f"(lease IS NULL OR lease < {_CLOCK})"
_GOES_ON = (
    f"EXISTS (SELECT FROM mailings WHERE number = :mailing AND status = '{Status.SENDING.value}')"
)
_STAYS = (
    "EXISTS (SELECT FROM subscribers s WHERE s.id = d.subscriber "
    f"AND s.standing = '{Standing.ACTIVE.value}')"
)
_OPEN = f"d.state IN ('{State.PENDING.value}', '{State.DEFERRED.value}')"


def _slice(which: str, order: str) -> TextClause:
    """Take a slice of open deliveries that nobody holds; what others are just taking is left."""
    return text(f"""
        WITH slice AS MATERIALIZED (
            SELECT subscriber FROM deliveries
            WHERE mailing = :mailing AND {which} AND {_FREE} AND {_GOES_ON}
            ORDER BY {order} LIMIT :limit FOR UPDATE SKIP LOCKED
        ), mine AS (
            UPDATE deliveries d SET worker = :worker, lease = {_CLOCK} + :lease
            FROM slice WHERE d.mailing = :mailing AND d.subscriber = slice.subscriber
            RETURNING d.subscriber, d.tries, d.due, d.doubtful, d.at
        )
        SELECT id, ref, email, name, tags, tries, doubtful, at FROM mine JOIN subscribers ON id = subscriber
        ORDER BY {order}
    """)  # noqa: S608 - every part is a constant of this file


class SharedLedger(Ledger):
    """The deliveries of one mailing, for one of several senders. PostgreSQL only."""

    pending_slice = _slice(f"state = '{State.PENDING.value}' AND subscriber > :after", "subscriber")
    due_slice = _slice(f"state = '{State.DEFERRED.value}' AND due <= :now", "due, subscriber")
    #: A letter may leave only to a reader whose delivery is open and still held by this sender.
    intent = text(f"""
        UPDATE deliveries d
        SET state = '{State.POSTING.value}', tries = tries + 1, at = :now,
            lease = {_CLOCK} + :lease
        WHERE d.mailing = :mailing AND d.subscriber = ANY(:readers) AND {_OPEN}
            AND d.worker = :worker AND d.lease > {_CLOCK} AND {_STAYS} AND {_GOES_ON}
        RETURNING d.subscriber
    """)  # noqa: S608
    #: A late answer of the relay still settles a doubt, as long as nobody has tried anew. What it
    #: settles no more is nobody's bounce either: the reader would be skipped for it.
    outcome = text(f"""
        UPDATE deliveries d
        SET state = o.state, reply = o.reply, due = o.due, doubtful = d.doubtful OR o.doubtful,
            lease = NULL
        FROM unnest(CAST(:readers AS int[]), CAST(:states AS text[]), CAST(:replies AS text[]),
            CAST(:dues AS float8[]), CAST(:doubts AS bool[]))
            AS o(reader, state, reply, due, doubtful)
        WHERE d.mailing = :mailing AND d.subscriber = o.reader AND d.worker = :worker AND (
            d.state = '{State.POSTING.value}' OR (d.doubtful
            AND o.state IN ('{State.POSTED.value}', '{State.BOUNCED.value}')
            AND d.state IN ('{State.DEFERRED.value}', '{State.IN_DOUBT.value}')))
        RETURNING d.subscriber
    """)  # noqa: S608
    _skip = text(f"""
        UPDATE deliveries d SET state = '{State.SKIPPED.value}', reply = '{LEFT}', due = NULL
        WHERE d.mailing = :mailing AND d.subscriber = ANY(:readers) AND {_OPEN}
            AND d.worker = :worker AND NOT {_STAYS} AND {_GOES_ON}
    """)  # noqa: S608
    _settle = text(f"""
        UPDATE deliveries SET state = :state, reply = :reply, doubtful = :doubtful
        WHERE mailing = :mailing AND subscriber = :reader AND worker = :worker
            AND state = '{State.DEFERRED.value}'
    """)  # noqa: S608
    _put_off = text(f"""
        UPDATE deliveries d
        SET state = '{State.DEFERRED.value}', due = :until, reply = :why, worker = NULL, lease = NULL
        WHERE d.mailing = :mailing AND d.subscriber = ANY(:readers) AND {_OPEN}
            AND d.worker = :worker
    """)  # noqa: S608
    _renewal = text(f"""
        UPDATE deliveries SET lease = {_CLOCK} + :lease
        WHERE mailing = :mailing AND subscriber = ANY(:readers) AND worker = :worker
            AND lease > {_CLOCK}
    """)  # noqa: S608
    _release = text(f"""
        UPDATE deliveries d SET worker = NULL, lease = NULL
        WHERE d.mailing = :mailing AND d.subscriber = ANY(:readers) AND d.worker = :worker
            AND {_OPEN}
    """)  # noqa: S608
    _lost = text(f"""
        WITH lost AS MATERIALIZED (
            SELECT subscriber, at FROM deliveries
            WHERE mailing = :mailing AND state = '{State.POSTING.value}' AND {_FREE}
            FOR UPDATE SKIP LOCKED
        ), noted AS (
            INSERT INTO tries (mailing, subscriber, at, state, reply)
            SELECT :mailing, subscriber, at, '{State.IN_DOUBT.value}', :reply FROM lost
        )
        UPDATE deliveries d
        SET state = :state, doubtful = true, due = :due, reply = :reply, lease = NULL
        FROM lost WHERE d.mailing = :mailing AND d.subscriber = lost.subscriber
    """)  # noqa: S608
    _work = text(f"""
        SELECT 1 FROM deliveries WHERE mailing = :mailing AND {_FREE} AND (
            state IN ('{State.PENDING.value}', '{State.POSTING.value}')
            OR (state = '{State.DEFERRED.value}' AND due <= :now)) LIMIT 1
    """)  # noqa: S608

    def __init__(
        self, database: Database, number: int, bounces: Bounces, worker: str, lease: float
    ) -> None:
        """Serve one sender.

        Args:
            database: writes side by side; see `Database.side_by_side`.
            number: of the mailing.
            bounces: what a refusal means for the reader.
            worker: the sender; a name that is never used again.
            lease: how many seconds a delivery is held without being renewed.
        """
        super().__init__(database, number, bounces)
        self._who_and_what = {"mailing": number, "worker": worker}
        self._lease = lease
        #: Deliveries held: taken and not yet ended.
        self._held: set[int] = set()

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

    def has_work(self, now: float) -> bool:
        """True when something waits that no living sender holds."""
        with self._database.read() as connection:
            asked = {**self._who_and_what, "now": now}
            return connection.execute(self._work, asked).first() is not None

    def commit(
        self, intents: Sequence[int], outcomes: Sequence[Outcome], now: float
    ) -> frozenset[int] | None:
        """As `Ledger.commit`; and only what this sender still holds may leave."""
        with self._writing() as connection:
            if any(outcome.delivery.state is State.BOUNCED for outcome in outcomes):
                # What a bounce means is read and then written, so others must not do so meanwhile.
                Database.take_turn(connection)
            self._write(connection, outcomes, now)
            granted = self._claim(connection, intents, now) if intents else frozenset()
        self._held.difference_update(outcome.reader for outcome in outcomes)
        if granted is not None:
            self._held.difference_update(set(intents) - granted)
        return granted

    def put_off(self, readers: Sequence[int], until: float, why: str) -> None:
        """As `Ledger.put_off`; only what this sender still holds."""
        with self._writing() as connection:
            connection.execute(
                self._put_off, {**self._asked(sorted(readers)), "until": until, "why": why}
            )
        self._held.difference_update(readers)

    def renew(self) -> None:
        """Hold what is held for another lease; what was lost meanwhile stays lost."""
        if self._held:
            with self._writing() as connection:
                connection.execute(self._renewal, self._asked(sorted(self._held)))

    def release(self) -> None:
        """Let go of what was taken and not tried."""
        if self._held:
            with self._writing() as connection:
                connection.execute(self._release, self._asked(sorted(self._held)))
            self._held.clear()

    def settle(self, reader: int, state: State, reply: str, *, doubtful: bool) -> None:
        """As `Ledger.settle`; only what this sender still holds."""
        asked = {"reader": reader, "state": state.value, "reply": reply, "doubtful": doubtful}
        with self._writing() as connection:
            connection.execute(self._settle, {**self._who_and_what, **asked})

    def recover(self, due: float | None) -> int:
        """Face the letters of senders that died: those whose lease ran out on the wire."""
        state = State.IN_DOUBT if due is None else State.DEFERRED
        asked = {**self._who_and_what, "state": state.value, "due": due, "reply": STOPPED}
        with self._writing() as connection:
            return connection.execute(self._lost, asked).rowcount

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._database.write() as connection:
            yield connection

    def _take(self, slice_: TextClause, limit: int, **more: float) -> list[Addressee]:
        asked = {**self._who_and_what, "lease": self._lease, "limit": limit, **more}
        with self._writing() as connection:
            found = [addressee(row) for row in connection.execute(slice_, asked).mappings()]
        self._held.update(one.reader.id for one in found)
        return found

    def _claim(
        self, connection: Connection, intents: Sequence[int], now: float
    ) -> frozenset[int] | None:
        asked = self._asked(sorted(intents))
        granted = frozenset(connection.execute(self.intent, {**asked, "now": now}).scalars())
        if len(granted) == len(intents):
            return granted
        if not self._goes_on(connection):
            return None
        connection.execute(self._skip, asked)
        return granted

    def _settled(self, connection: Connection, outcomes: Sequence[Outcome]) -> Sequence[Outcome]:
        ordered = sorted(outcomes, key=lambda outcome: outcome.reader)
        settled = connection.execute(
            self.outcome,
            {
                **self._who_and_what,
                "readers": [outcome.reader for outcome in ordered],
                "states": [outcome.delivery.state.value for outcome in ordered],
                "replies": [outcome.delivery.detail for outcome in ordered],
                "dues": [outcome.due for outcome in ordered],
                "doubts": [outcome.doubtful for outcome in ordered],
            },
        ).scalars()
        known = frozenset(settled)
        return [outcome for outcome in ordered if outcome.reader in known]

    def _asked(self, readers: list[int]) -> dict[str, object]:
        return {**self._who_and_what, "lease": self._lease, "readers": readers}
