"""What is kept of the schedule and of the sources that it reads."""

from briefing.store.engine.database import Database
from briefing.store.planning.alerts import AlertLog
from briefing.store.planning.entries import Entries
from briefing.store.planning.hubs import Hubs
from briefing.store.planning.pieces import Pieces
from briefing.store.planning.slots import Slots
from briefing.store.planning.sources import Sources


class PlanTables:
    """Slots, alerts and sources, by noun."""

    def __init__(self, database: Database) -> None:
        self.slots = Slots(database)
        self.alerts = AlertLog(database)
        self.sources = Sources(database)
        self.hubs = Hubs(database)
        self.entries = Entries(database)
        self.pieces = Pieces(database)
