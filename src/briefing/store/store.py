"""Opening the store: one database, brought up to date, and everything kept in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from briefing.model.mark import Marking
from briefing.store.deliveries.bounce_rules import BounceRules
from briefing.store.deliveries.bounces import BounceLog
from briefing.store.deliveries.kept_of_reader import KeptOfReader
from briefing.store.deliveries.leased_ledger import LeasedLedger
from briefing.store.deliveries.ledger import Ledger
from briefing.store.deliveries.ledger_totals import Archived
from briefing.store.deliveries.lineage import Lineage
from briefing.store.deliveries.mailings import Mailings
from briefing.store.deliveries.rate_limits import Tokens
from briefing.store.deliveries.results import Results
from briefing.store.deliveries.server_ledger import ServerLedger
from briefing.store.deliveries.sqlite_ledger import SqliteLedger
from briefing.store.deliveries.workers import Senders
from briefing.store.departures import Book, Departures
from briefing.store.editions.accounts import Editors
from briefing.store.editions.approvals import Approvals
from briefing.store.editions.audit_log import AuditLog
from briefing.store.editions.clicks import Clicks
from briefing.store.editions.comments import Comments
from briefing.store.editions.corrections import Corrections
from briefing.store.editions.drafts import Drafts
from briefing.store.editions.event_rulings import EventRulings
from briefing.store.editions.manifests import Manifests
from briefing.store.editions.opinions import Opinions
from briefing.store.editions.passkeys import Passkeys
from briefing.store.editions.password_links import PasswordLinks
from briefing.store.editions.pictures import Pictures
from briefing.store.editions.printed_articles import Memory
from briefing.store.editions.sponsor_rulings import Rulings
from briefing.store.editions.test_recipients import Testers
from briefing.store.engine.database import Database
from briefing.store.network.access_tokens import AccessTokens
from briefing.store.network.domain_reports import DomainReports
from briefing.store.network.outbox import Outbox
from briefing.store.network.replies import Answers
from briefing.store.planning.alerts import AlertLog
from briefing.store.planning.entries import Entries
from briefing.store.planning.hubs import Hubs
from briefing.store.planning.pieces import Pieces
from briefing.store.planning.slots import Slots
from briefing.store.planning.sources import Sources
from briefing.store.readers.choices import Choices
from briefing.store.readers.signups import Signups
from briefing.store.readers.subscribers import Subscribers
from briefing.store.upkeep.migrate import upgrade


@dataclass(frozen=True, slots=True)
class Store:
    """What is kept in the database, by noun."""

    database: Database
    subscribers: Subscribers
    mailings: Mailings
    bounces: BounceLog
    signups: Signups
    choices: Choices
    approvals: Approvals
    slots: Slots
    memory: Memory
    alerts: AlertLog
    drafts: Drafts
    manifests: Manifests
    pictures: Pictures
    rulings: Rulings
    event_rulings: EventRulings
    editors: Editors
    passkeys: Passkeys
    password_links: PasswordLinks
    audit_log: AuditLog
    comments: Comments
    corrections: Corrections
    clicks: Clicks
    opinions: Opinions
    testers: Testers
    sources: Sources
    hubs: Hubs
    entries: Entries
    pieces: Pieces
    senders: Senders
    lineage: Lineage
    tokens: Tokens
    archived: Archived
    results: Results
    departures: Departures
    kept_of_reader: KeptOfReader
    domain_reports: DomainReports
    replies: Answers
    access_tokens: AccessTokens
    outbox: Outbox

    def ledger(self, mailing: int) -> Ledger:
        """The deliveries of one mailing."""
        kind = SqliteLedger if self.database.is_sqlite else ServerLedger
        return kind(self.database, mailing, self.bounces, self.departures)

    @contextmanager
    def shared_ledger(self, mailing: int, worker: str, lease: float) -> Iterator[LeasedLedger]:
        """The deliveries of one mailing, for one of several senders; see `LeasedLedger`."""
        database = self.database.side_by_side()
        ledger = LeasedLedger(
            database, mailing, self.bounces, worker, lease, departures=self.departures
        )
        ledger.reads = self.database
        try:
            yield ledger
        finally:
            ledger.close()
            database.close()

    def close(self) -> None:
        """Close the database and the book."""
        self.database.close()
        self.departures.close()


def open_store(
    database: Database | str,
    *,
    book: Path,
    backups: Path,
    key: bytes,
    now: datetime,
    rules: BounceRules | None = None,
) -> Store:
    """Open a database; bring it up to date, after a copy of it was taken, and up to the book.

    Args:
        database: the database, or its address as `Database` takes it; closed with the store.
        book: the book of departures; it is made for a database that never had one.
        backups: where that copy goes.
        key: makes the marks of suppressed addresses.
        now: names the copy; aware.
        rules: when an address gets no more letters.

    Raises:
        StoreError: when it cannot be opened, is newer than this program, or key and book are
            another house's.
    """
    if isinstance(database, str):
        database = Database(database)
    departures = Departures(database, Book(book), Marking(key))
    try:
        upgrade(database, backups, now, book)
        departures.open()
    except BaseException:
        departures.close()
        database.close()
        raise
    subscribers = Subscribers(database, departures)
    return Store(
        database=database,
        subscribers=subscribers,
        mailings=Mailings(database),
        bounces=BounceLog(database, subscribers, rules or BounceRules()),
        signups=Signups(database),
        choices=Choices(database, subscribers, departures),
        approvals=Approvals(database),
        slots=Slots(database),
        memory=Memory(database),
        alerts=AlertLog(database),
        drafts=Drafts(database),
        manifests=Manifests(database),
        pictures=Pictures(database),
        rulings=Rulings(database),
        event_rulings=EventRulings(database),
        editors=Editors(database, departures),
        passkeys=Passkeys(database, departures),
        password_links=PasswordLinks(database),
        audit_log=AuditLog(database),
        comments=Comments(database),
        corrections=Corrections(database),
        clicks=Clicks(database),
        opinions=Opinions(database),
        testers=Testers(database),
        sources=Sources(database),
        hubs=Hubs(database),
        entries=Entries(database),
        pieces=Pieces(database),
        senders=Senders(database),
        lineage=Lineage(database, book.parent / "wire"),
        tokens=Tokens(database),
        archived=Archived(database),
        results=Results(database),
        departures=departures,
        kept_of_reader=KeptOfReader(database),
        domain_reports=DomainReports(database),
        replies=Answers(database),
        access_tokens=AccessTokens(database),
        outbox=Outbox(database),
    )
