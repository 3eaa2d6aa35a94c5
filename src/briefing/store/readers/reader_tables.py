"""What is kept of readers and of those who want to be."""

from briefing.store.departures import Departures
from briefing.store.engine.database import Database
from briefing.store.readers.choices import Choices
from briefing.store.readers.signups import Signups
from briefing.store.readers.subscribers import Subscribers


class ReaderTables:
    """Subscribers, sign-ups and choices, by noun."""

    def __init__(self, database: Database, departures: Departures) -> None:
        self.subscribers = Subscribers(database, departures)
        self.signups = Signups(database)
        self.choices = Choices(database, self.subscribers, departures)
