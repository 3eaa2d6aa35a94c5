"""What is kept of editions, of what editors did to them, and of who may."""

from briefing.store.departures import Departures
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


class EditionTables:
    """Editions and their editors, by noun."""

    def __init__(self, database: Database, departures: Departures) -> None:
        self.approvals = Approvals(database)
        self.memory = Memory(database)
        self.drafts = Drafts(database)
        self.manifests = Manifests(database)
        self.pictures = Pictures(database)
        self.rulings = Rulings(database)
        self.event_rulings = EventRulings(database)
        self.editors = Editors(database, departures)
        self.passkeys = Passkeys(database, departures)
        self.password_links = PasswordLinks(database)
        self.audit_log = AuditLog(database)
        self.comments = Comments(database)
        self.corrections = Corrections(database)
        self.clicks = Clicks(database)
        self.opinions = Opinions(database)
        self.testers = Testers(database)
