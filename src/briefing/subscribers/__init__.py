"""csv and forms → subscriber: reading and writing lists, checking addresses, signing links."""

from briefing.subscribers.addresses import checked_address
from briefing.subscribers.beside import read_beside
from briefing.subscribers.exporting import csv_rows, guarded
from briefing.subscribers.importing import BadRow, GoodRow, count_lines, read_rows
from briefing.subscribers.tokens import sign, sign_each, verify

__all__ = [
    "BadRow",
    "GoodRow",
    "checked_address",
    "count_lines",
    "csv_rows",
    "guarded",
    "read_beside",
    "read_rows",
    "sign",
    "sign_each",
    "verify",
]
