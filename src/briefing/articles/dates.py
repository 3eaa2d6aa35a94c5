"""Dates as pages print them."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"[a-z]*\.?,? (?P<year>(?:19|20)\d\d)"
)
_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b")
_TIME = r"(?:[ ,]*(?:at )?\d{1,2}[:.]\d\d ?(?:am|pm|AM|PM)?(?: ?(?:GMT|BST|UTC))?)?"
_DATE_LINE = re.compile(
    rf"^(?:Published|Posted|First published|Updated)?:? ?(?:on )?(?:\w+day,? )?"
    rf"(?:{_DAY.pattern}{_TIME}|{_ISO.pattern}[T ]?[\d:Z]*)".replace("(?P<day>", "(?:")
    .replace("(?P<month>", "(?:")
    .replace("(?P<year>", "(?:")
    + rf"(?: ?[-–|·]? ?[Uu]pdated:? ?.{{4,40}})?{_TIME}$"
)


def date_line(line: str) -> tuple[date | None, date | None] | None:
    """Published and updated day of a line that is a date and nothing else."""
    if not _DATE_LINE.match(line):
        return None
    before, mark, after = line.partition("pdated")
    if mark and not before.strip(" uU"):
        return None, first_date(after)
    return first_date(before), first_date(after) if mark else None


def first_date(text: str) -> date | None:
    """The first full date in a text; a date without a year is none."""
    match = _DAY.search(text) or _ISO.search(text)
    if not match:
        return None
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(match["year"]), number, int(match["day"]))
    except ValueError:
        return None
