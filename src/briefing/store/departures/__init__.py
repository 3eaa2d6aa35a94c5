"""Who left, whatever becomes of the database."""

from briefing.store.departures.belonging import book_has_all, strange_part
from briefing.store.departures.book import Book
from briefing.store.departures.departures import Departures
from briefing.store.departures.lines import BookPosition, lines_of

__all__ = ["Book", "BookPosition", "Departures", "book_has_all", "lines_of", "strange_part"]
