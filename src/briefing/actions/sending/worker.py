"""Work: one of several senders over one PostgreSQL, posting what any of them began."""

import logging
import os
import platform
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field

from briefing.actions.context import Desk, open_desk
from briefing.actions.letters.signing_ahead import signing_ahead
from briefing.actions.open_store import sending_beside_others, the_dispatcher
from briefing.actions.sending.deliver import Sharing, deliver
from briefing.actions.sending.stop_signal import StopSignal
from briefing.clock import Clock
from briefing.config import Config
from briefing.model.delivery import State
from briefing.model.mailing import Mailing, MailingStatus
from briefing.store import LeasedLedger

_LOG = logging.getLogger("briefing.worker")
#: Seconds that a task lasts at most; then other editions have their turn.
_TURN = 60.0

#: Of a lease, how long a sender waits before it renews what it holds, and is noted as alive.
_RENEWED_AT = 3
#: Leases after which a sender that was not heard of is no longer shown.
_FORGOTTEN_AFTER = 20


def _name() -> str:
    return f"{platform.node()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"


def _host(worker: str) -> str:
    """The machine of a sender, by its name."""
    return worker.rsplit("-", 2)[0]


@dataclass
class Worker:
    """One sender. It holds slices of deliveries on a lease; when it dies, others take them over."""

    config: Config
    clock: Clock
    stop_signal: StopSignal = field(default_factory=StopSignal)
    #: Its name among the senders; never used again.
    name: str = field(default_factory=_name)
    posted: int = 0
    _noted: float = 0.0
    #: The desk of a sender that is at work.
    _desk: Desk | None = None

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Be a sender while inside.

        Raises:
            StoreError: over SQLite, or while one sender works alone.
        """
        with sending_beside_others(self.config), open_desk(self.config, self.clock) as desk:
            lease = self.config.send.lease
            desk.store.senders.begin(self.name, self._now(), gone_after=_FORGOTTEN_AFTER * lease)
            self._noted = time.monotonic()
            self._desk = desk
            try:
                yield
            finally:
                self._desk = None
                desk.store.senders.end(self.name)

    def work(self, until: Callable[[], bool]) -> None:
        """Do the tasks that the engine of config.toml hands out, until told so.

        Raises:
            StoreError: when the engine or the database cannot be used.
        """
        with self._at_hand() as desk:

            def is_over() -> bool:
                self._note(desk, "")
                return until()

            the_dispatcher(desk.config, desk.store).work(self.deliver, self.waiting, is_over)

    def waiting(self) -> tuple[str, ...]:
        """The editions that have letters due which nobody holds. Those that are done are closed."""
        now = self._now()
        with self._at_hand() as desk:
            desk.store.lineage.face(now)
            found = []
            for mailing in desk.store.mailings.all(status=MailingStatus.SENDING):
                with self._ledger(desk, mailing) as ledger:
                    if ledger.has_work(now):
                        found.append(mailing.edition)
                    else:
                        desk.store.mailings.finish(mailing.number, now)
            return tuple(found)

    def deliver(self, edition: str, shard: int) -> bool:
        """Post what is due of an edition and held by nobody, for a minute; let go of the rest.

        What senders that died had on the wire is faced first, once their leases are over.

        Args:
            edition: whose letters.
            shard: which of those who deliver it side by side this is; they share out the rows.

        Returns:
            True when more is to be done now, by whoever comes next.
        """
        _LOG.debug("%s delivers %s, shard %s", self.name, edition, shard)
        with self._at_hand() as desk:
            if desk is self._desk:
                # As at its opening: whatever the database forgot since, the book knows who left.
                desk.store.departures.open()
            mailing = desk.store.mailings.find(edition)
            if mailing is None or mailing.status is not MailingStatus.SENDING:
                return False
            with self._ledger(desk, mailing) as ledger:
                return self._post(desk, mailing, ledger)

    def _post(self, desk: Desk, mailing: Mailing, ledger: LeasedLedger) -> bool:
        def alive() -> None:
            ledger.renew()
            self._note(desk, mailing.edition)

        every = self.config.send.lease / _RENEWED_AT
        sharing = Sharing(
            ledger=ledger,
            every=every,
            alive=alive,
            seconds=_TURN,
            on_machine=self._on_machine(desk),
        )

        def waiting() -> int:
            counts = ledger.counts()
            return counts.get(State.PENDING, 0) + counts.get(State.DEFERRED, 0)

        try:
            with signing_ahead(desk, waiting, sharing.on_machine) as program:
                sent = deliver(desk, mailing, self.stop_signal, sharing=sharing, program=program)
        finally:
            ledger.release()
        self.posted += sent.now
        if ledger.lost and not sent.now:
            self._tell_of(ledger.lost, mailing.edition)
        self._note(desk, "")
        gave_up = sent.stopped is not None and not self.stop_signal.is_pulled
        return not gave_up and sent.status is MailingStatus.SENDING and ledger.has_work(self._now())

    def _on_machine(self, desk: Desk) -> int:
        """How many senders of this machine were heard of lately; this one was."""
        lately = self._now() - self.config.send.lease
        senders = desk.store.senders.all()
        return sum(_host(one.worker) == _host(self.name) and one.seen >= lately for one in senders)

    def _tell_of(self, lost: int, edition: str) -> None:
        """A sender that does nothing but wait for its own leases would look like one at work."""
        _LOG.warning(
            "%s posted no letter of %s: its lease of %g s ended before the turn of %d letters came, "
            "and others may take them. Make [send] lease longer, or look why this host is slow.",
            self.name,
            edition,
            self.config.send.lease,
            lost,
        )

    def _at_hand(self) -> AbstractContextManager[Desk]:
        """The desk of a sender at work, or one opened for this."""
        if self._desk is not None:
            return nullcontext(self._desk)
        return open_desk(self.config, self.clock)

    def _ledger(self, desk: Desk, mailing: Mailing) -> AbstractContextManager[LeasedLedger]:
        return desk.store.shared_ledger(mailing.number, self.name, self.config.send.lease)

    def _note(self, desk: Desk, edition: str) -> None:
        """Say that this sender is alive, at most as often as a lease asks for."""
        now = time.monotonic()
        if edition or now - self._noted >= self.config.send.lease / _RENEWED_AT:
            self._noted = now
            desk.store.senders.seen(self.name, self._now(), edition=edition, posted=self.posted)

    def _now(self) -> float:
        return self.clock().timestamp()
