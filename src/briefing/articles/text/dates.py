"""Dates as pages print them."""

import re
from datetime import date

MONTHS = (
    "jan|janv|ene|gen|gennaio|januar|janeiro",
    "feb|fév|fev",
    "mar|mär|mrt|maart",
    "apr|avr|abr",
    "may|mai|mei|mag|maj",
    "jun|juin|giu",
    "jul|juil|lug",
    "aug|août|aout|ago",
    "sep|set",
    "oct|okt|ott|out",
    "nov",
    "dec|déc|dez|dic",
)
_MONTH = rf"(?:{'|'.join(MONTHS)})[a-zéûç]{{0,8}}\.?"
_YEAR = r"(?:19|20)\d\d"
_FULL = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.|"
    rf"º)? (?:de )?(?P<m1>{_MONTH}),? (?:de )?(?P<y1>{_YEAR})"
    rf"|\b(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>{_YEAR})"
    rf"|\b(?P<y3>{_YEAR})-(?P<m3>\d\d)-(?P<d3>\d\d)"
    rf"|\b(?P<d4>\d{{1,2}})[/.](?P<m4>\d{{1,2}})[/.](?P<y4>{_YEAR})",
    re.IGNORECASE,
)
#: A day without a year: no date can be made of it, but it is not text either.
_YEARLESS = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?![a-z])", re.IGNORECASE)
_TIME = re.compile(
    r"\b\d{1,2}[:.h]\d\d(?:[:.]\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.|uhr)?(?: ?(?:GMT|BST|UTC|CET|Z))?|"
    r"\b\d{1,2} ?(?:am|pm)\b|T(?=\d\d:)",
    re.IGNORECASE,
)
#: Words that may stand next to a date in a line that is nothing else.
_BESIDE = re.compile(
    r"\b(?:first |last )?(?:published|posted|updated|last updated|modified|date|on|at|am|pm|gmt|"
    r"bst|utc|print|issue|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|publié|mis à jour|le|"
    r"veröffentlicht|am|aktualisiert|publicado|el|actualizado|pubblicato|il|lundi|mardi|mercredi|"
    r"jeudi|vendredi|"
    r"samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:last )?(?:updated|modified|aktualisiert|mis à jour|actualizado)", re.IGNORECASE
)
_LONGEST = 90


def date_line(line: str) -> tuple[date | None, date | None] | None:
    """Published and updated day of a line that is a date and nothing else.

    Both are None for a day without its year: it is taken out of the text, but nobody guesses.
    """
    if len(line) > _LONGEST or not any(character.isdigit() for character in line):
        return None
    spaced = _UPDATED.sub(" \\g<0> ", line)
    without = _YEARLESS.sub(" ", _FULL.sub(" ", spaced))
    if without == spaced or re.search(r"\w", _BESIDE.sub(" ", _TIME.sub(" ", without))):
        return None
    mark = _UPDATED.search(line)
    if not mark:
        return first_date(line), None
    return first_date(line[: mark.start()]), first_date(line[mark.end() :])


def first_date(text: str) -> date | None:
    """The first full date in a text; a date without a year is not one.

    Numbers between slashes are read day first, as British pages print them.
    """
    for match in _FULL.finditer(text):
        parts = {key[0]: value for key, value in match.groupdict().items() if value}
        try:
            return date(int(parts["y"]), _month(parts["m"]), int(parts["d"]))
        except ValueError:
            continue
    return None


def _month(written: str) -> int:
    if written.isdigit():
        return int(written)
    lowered = written.lower()
    return next(
        (
            number
            for number, names in enumerate(MONTHS, 1)
            if any(lowered.startswith(name) for name in names.split("|"))
        ),
        0,
    )
