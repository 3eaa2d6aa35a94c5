"""Work: one of several senders over one PostgreSQL, posting what any of them began."""

import os
import platform
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from briefing.clock import Clock
from briefing.config import Config
from briefing.desk.brake import Brake
from briefing.desk.opening import sending_beside_others, the_store
from briefing.desk.send import Sharing, deliver
from briefing.errors import SendError
from briefing.model.mailing import Mailing, Status
from briefing.store import Store

#: Of a lease, how long a sender waits before it renews what it holds, and is noted as alive.
_RENEWED_AT = 3
#: Leases after which a sender that was not heard of is no longer shown.
_FORGOTTEN_AFTER = 20


def _name() -> str:
    return f"{platform.node()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"


@dataclass
class Worker:
    """One sender. It holds slices of deliveries on a lease; when it dies, others take them over."""

    config: Config
    clock: Clock
    brake: Brake = field(default_factory=Brake)
    #: Its name among the senders; never used again.
    name: str = field(default_factory=_name)
    posted: int = 0
    _noted: float = 0.0

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Be a sender while inside.

        Raises:
            SendError: where limits are set that one sender alone can keep.
            StoreError: over SQLite, or while one sender works alone.
        """
        smtp = self.config.send.smtp
        if self.config.send.transport == "smtp" and (smtp.rate or smtp.domain_rates):
            raise SendError(
                "[send.smtp] rate and domain_rates are counted by each sender for itself, so several "
                "would send several times as much. Take them out, or use one `briefing sender`."
            )
        with sending_beside_others(self.config), the_store(self.config, self.clock()) as store:
            lease = self.config.send.lease
            store.senders.begin(self.name, self._now(), gone_after=_FORGOTTEN_AFTER * lease)
            try:
                yield
            finally:
                store.senders.end(self.name)

    def pass_once(self) -> None:
        """Post what is due of every mailing and held by nobody; let go of the rest.

        What senders that died had on the wire is faced first, once their leases are over.
        """
        with the_store(self.config, self.clock()) as store:
            self._note(store, "")
            for mailing in store.mailings.all():
                if mailing.status is Status.SENDING:
                    self._mailing(store, mailing)

    def _mailing(self, store: Store, mailing: Mailing) -> None:
        lease = self.config.send.lease
        with store.shared_ledger(mailing.number, self.name, lease) as ledger:
            if not ledger.has_work(self._now()):
                store.mailings.finish(mailing.number, self._now())
                return

            def alive() -> None:
                ledger.renew()
                self._note(store, mailing.edition)

            sharing = Sharing(ledger=ledger, every=lease / _RENEWED_AT, alive=alive)
            try:
                sent = deliver(self.config, store, mailing, self.clock, self.brake, sharing=sharing)
                self.posted += sent.now
            finally:
                ledger.release()
            self._note(store, "")

    def _note(self, store: Store, edition: str) -> None:
        """Say that this sender is alive, at most as often as a lease asks for."""
        now = time.monotonic()
        if edition or now - self._noted >= self.config.send.lease / _RENEWED_AT:
            self._noted = now
            store.senders.seen(self.name, self._now(), edition=edition, posted=self.posted)

    def _now(self) -> float:
        return self.clock().timestamp()
