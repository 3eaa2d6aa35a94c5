"""Dates as feeds write them: right, or known to be guessed, or none; never silently wrong."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from briefing.articles.text.dates import first_date

#: In hours east of Greenwich. Names that mean several zones (IST, CST in China) are not here.
_ZONES = {
    **dict.fromkeys(("Z", "UT", "UTC", "GMT", "WET"), 0.0),
    **dict.fromkeys(("BST", "CET", "MET", "MEZ", "WEST", "WAT"), 1.0),
    **dict.fromkeys(("CEST", "MEST", "MESZ", "EET", "SAST", "CAT"), 2.0),
    **dict.fromkeys(("EEST", "MSK", "EAT", "TRT"), 3.0),
    "PKT": 5.0,
    "NPT": 5.75,
    "WIB": 7.0,
    "HKT": 8.0,
    "SGT": 8.0,
    "AWST": 8.0,
    "JST": 9.0,
    "KST": 9.0,
    "ACST": 9.5,
    "AEST": 10.0,
    "ACDT": 10.5,
    "AEDT": 11.0,
    "NZST": 12.0,
    "NZDT": 13.0,
    "NST": -3.5,
    "NDT": -2.5,
    "AST": -4.0,
    "ADT": -3.0,
    "EST": -5.0,
    "EDT": -4.0,
    "CST": -6.0,
    "CDT": -5.0,
    "MST": -7.0,
    "MDT": -6.0,
    "PST": -8.0,
    "PDT": -7.0,
    "AKST": -9.0,
    "AKDT": -8.0,
    "HST": -10.0,
}
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d+)?")
_YEAR_FIRST = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\b(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?)?(?=Z|[+-]|\b)")
#: ISO 8601: the week of a year and the day in it.
_WEEK = re.compile(r"\b(\d{4})-?W(\d\d)(?:-?([1-7]))?(?!\d)")
_YEAR_LAST = re.compile(r"\b(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)\b")
_NAMED = re.compile(r"\b(\d{1,2})[ -]([^\W\d_]{3,})\.?[ -](\d{4}|\d\d)\b")
_CLOCK = re.compile(
    r"(?:\b|T)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*\(?(?P<zone>Z\b|(?:UTC|GMT)?[+-]\d\d?:?(?:\d\d)?\b|[A-Za-z]{2,5}\b)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d\d?):?(\d\d)?", re.IGNORECASE)
#: RSS 2.0 allows years of two digits, as RFC 822 did; those below this are of our century.
_PIVOT = 70
_EARLIEST = date(1995, 1, 1)
_AHEAD = timedelta(days=2)
_LONGEST = 100
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedDate:
    """A date of a feed, with how much it is worth."""

    #: Aware, in the zone that was written.
    moment: datetime | None = None
    #: `feed`: as the feed says; `guessed`: the writing allows another reading; `none`.
    basis: str = "none"
    #: As written.
    raw: str = ""
    #: Why there is none, or what was guessed; empty when all is well.
    flag: str = ""


UNDATED = FeedDate()


def read_date(raw: str, now: datetime, other: datetime | None = None) -> FeedDate:
    """Read a date that a feed declares.

    Args:
        raw: as written: RFC 822, RFC 3339, and what is met instead of them.
        now: aware; a date more than two days ahead of it, or before 1995, does not count.
        other: another reader's opinion, taken as a guess when the writing is unknown.
    """
    text = " ".join(raw.split())[:_LONGEST]
    if not text:
        return UNDATED
    moment, doubt = _moment(text)
    if moment is None and other is not None:
        moment, doubt = other, "its writing is unusual"
    if moment is None:
        return FeedDate(raw=text, flag=f"the feed's date {text!r} could not be read")
    if moment.date() < _EARLIEST or moment > now + _AHEAD:
        return FeedDate(raw=text, flag=f"the feed's date {text!r} cannot be true")
    if doubt:
        flag = f"the feed's date {text!r} was read as {moment:%-d %B %Y}: {doubt}"
        return FeedDate(moment=moment, basis="guessed", raw=text, flag=flag)
    return FeedDate(moment=moment, basis="feed", raw=text)


def _moment(text: str) -> tuple[datetime | None, str]:
    """The moment a text names, and why one might doubt it."""
    if match := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]), UTC), ""
    try:
        if (match := _COMPACT.match(text)) and not _YEAR_FIRST.match(text):
            return _compact(match, text[match.end() :])
        day, doubt = _day(text)
        if day is None:
            return None, ""
        clock, zone, unsure = _clock(text)
        return datetime.combine(day, time(), zone) + clock, doubt or unsure
    except (ValueError, OverflowError):
        return None, ""


def _compact(match: re.Match[str], rest: str) -> tuple[datetime, str]:
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
    zone, doubt = _zone(rest.strip() or None)
    return datetime(year, month, day, tzinfo=zone) + _since_midnight(hour, minute, second), doubt


def _day(text: str) -> tuple[date | None, str]:
    if match := _WEEK.search(text):
        monday = "" if match[3] else "only its week is named, and its Monday was taken"
        return date.fromisocalendar(int(match[1]), int(match[2]), int(match[3] or 1)), monday
    if match := _YEAR_FIRST.search(text):
        return date(int(match[1]), int(match[2]), int(match[3])), ""
    if match := _NAMED.search(text):
        named = first_date(f"{match[1]} {match[2]} {_year(match[3])}")
        if named is not None:
            return named, ""
    if match := _YEAR_LAST.search(text):
        return _day_or_month(int(match[1]), int(match[3]), _year(match[4]), match[2])
    return first_date(text), ""


def _day_or_month(first: int, second: int, year: int, mark: str) -> tuple[date, str]:
    """Day first, as most of the world writes; the other way where only that makes a date."""
    if second > _MONTHS:
        return date(year, first, second), ""
    clear = first > _MONTHS or first == second or mark == "."
    return date(year, second, first), "" if clear else "day and month could be the other way round"


def _year(written: str) -> int:
    year = int(written)
    return year if len(written) > 2 else year + (2000 if year < _PIVOT else 1900)  # noqa: PLR2004 - digits


def _clock(text: str) -> tuple[timedelta, tzinfo, str]:
    match = _CLOCK.search(text)
    if match is None:
        return timedelta(), UTC, ""
    hour = int(match[1])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    zone, doubt = _zone(match["zone"])
    return _since_midnight(hour, int(match[2]), int(match[3] or 0)), zone, doubt


def _since_midnight(hour: int, minute: int, second: int) -> timedelta:
    """24:00:00 ends a day (ISO 8601), and a second 60 is a leap second (RFC 3339 section 5.6).

    Raises:
        ValueError: when no clock shows it.
    """
    if (hour, minute, second) == (24, 0, 0):
        return timedelta(days=1)
    kept = time(hour, minute, 59 if second == 60 else second)  # noqa: PLR2004 - a leap second
    return timedelta(hours=kept.hour, minutes=kept.minute, seconds=kept.second)


def _zone(written: str | None) -> tuple[tzinfo, str]:
    """A zone by its name or offset; UTC where none is written, as most such feeds mean it."""
    if not written:
        return UTC, ""
    if match := _OFFSET.fullmatch(written):
        away = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return timezone(-away if match[1] == "-" else away), ""
    hours = _ZONES.get(written.upper())
    if hours is None:
        return UTC, f"the zone {written!r} is not known, and UTC was taken"
    return timezone(timedelta(hours=hours)), ""
