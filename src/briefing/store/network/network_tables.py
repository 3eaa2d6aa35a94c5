"""What is kept of what other machines tell us and ask of us."""

from briefing.store.engine.database import Database
from briefing.store.network.access_tokens import AccessTokens
from briefing.store.network.domain_reports import DomainReports
from briefing.store.network.outbox import Outbox
from briefing.store.network.replies import Answers


class NetworkTables:
    """Reports, replies, tokens and announcements, by noun."""

    def __init__(self, database: Database) -> None:
        self.domain_reports = DomainReports(database)
        self.replies = Answers(database)
        self.access_tokens = AccessTokens(database)
        self.outbox = Outbox(database)
