"""csv and forms → subscriber: reading and writing lists, checking addresses, signing links."""

from briefing.subscribers.addresses import checked_address, mailbox_of
from briefing.subscribers.column_plan import FIELDS
from briefing.subscribers.exporting import csv_lines, csv_pages, guarded, guarded_all
from briefing.subscribers.import_process import read_beside
from briefing.subscribers.importing import count_lines, program_name, read_rows
from briefing.subscribers.list_rows import BadRow, CarriedRow, GoodRow, ReadOptions, Row
from briefing.subscribers.tokens import sign, sign_each, verify

__all__ = [
    "FIELDS",
    "BadRow",
    "CarriedRow",
    "GoodRow",
    "ReadOptions",
    "Row",
    "checked_address",
    "count_lines",
    "csv_lines",
    "csv_pages",
    "guarded",
    "guarded_all",
    "mailbox_of",
    "program_name",
    "read_beside",
    "read_rows",
    "sign",
    "sign_each",
    "verify",
]
