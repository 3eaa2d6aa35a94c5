"""Who left, whatever becomes of the database."""

from briefing.store.departures.book import Book
from briefing.store.departures.departures import Departures
from briefing.store.departures.lines import BookPosition, lines_of

__all__ = ["Book", "BookPosition", "Departures", "lines_of"]
