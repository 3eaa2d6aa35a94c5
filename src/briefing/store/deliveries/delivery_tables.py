"""What is kept of mailings, of the letters of each, and of who sends them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.store.deliveries.bounce_rules import BounceRules
from briefing.store.deliveries.bounces import BounceLog
from briefing.store.deliveries.kept_of_reader import KeptOfReader
from briefing.store.deliveries.leased_ledger import LeasedLedger
from briefing.store.deliveries.ledger_totals import Archived
from briefing.store.deliveries.lineage import Lineage
from briefing.store.deliveries.mailings import Mailings
from briefing.store.deliveries.rate_limits import Tokens
from briefing.store.deliveries.results import Results
from briefing.store.deliveries.server_ledger import ServerLedger
from briefing.store.deliveries.sqlite_ledger import SqliteLedger
from briefing.store.deliveries.workers import Senders
from briefing.store.departures import Departures
from briefing.store.engine.database import Database
from briefing.store.readers.subscribers import Subscribers


class DeliveryTables:
    """Mailings and their ledgers, bounces, senders and results, by noun."""

    def __init__(
        self,
        database: Database,
        departures: Departures,
        subscribers: Subscribers,
        rules: BounceRules,
        wire: Path,
    ) -> None:
        self._database, self._departures = database, departures
        self.mailings = Mailings(database)
        self.bounces = BounceLog(database, subscribers, rules)
        self.senders = Senders(database)
        self.lineage = Lineage(database, wire)
        self.tokens = Tokens(database)
        self.archived = Archived(database)
        self.results = Results(database)
        self.kept_of_reader = KeptOfReader(database)

    def ledger(self, mailing: int) -> SqliteLedger | ServerLedger:
        """The deliveries of one mailing; whoever posts its letters closes it."""
        kind = SqliteLedger if self._database.is_sqlite else ServerLedger
        return kind(self._database, mailing, self.bounces, self._departures)

    @contextmanager
    def shared_ledger(self, mailing: int, worker: str, lease: float) -> Iterator[LeasedLedger]:
        """The deliveries of one mailing, for one of several senders; see `LeasedLedger`."""
        database = self._database.side_by_side()
        ledger = LeasedLedger(
            database, mailing, self.bounces, worker, lease, departures=self._departures
        )
        ledger.reads = self._database
        try:
            yield ledger
        finally:
            ledger.close()
