"""Dates as pages print them, in the languages that config offers."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from briefing.articles.text.date_words import AGO, BESIDE, DAYS, EMBARGO, MONTHS, UPDATED

_MONTH = rf"(?:{'|'.join(MONTHS)})[^\W\d_]{{0,8}}\.?"
_YEAR = r"(?:1[6-9]|20)\d\d"
_FULL = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.|"
    rf"º|ain|fed|af|ydd|eg)? (?:de |o )?(?P<m1>{_MONTH})[,،]? (?:de |del )?(?P<y1>{_YEAR})"
    rf"|\b(?P<m2>{_MONTH}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>{_YEAR})"
    rf"|\b(?P<y3>{_YEAR})-(?P<m3>\d\d)-(?P<d3>\d\d)"
    rf"|\b(?P<d4>\d{{1,2}})(?:/|\. ?)(?P<m4>\d{{1,2}})(?:/|\. ?)(?P<y4>{_YEAR})"
    rf"|\b(?P<y5>{_YEAR})\s?[年년] ?(?P<m5>\d{{1,2}})\s?[月월] ?(?P<d5>\d{{1,2}})\s?[日일]"
    rf"|\b(?P<y6>{_YEAR})[./] ?(?P<m6>\d{{1,2}})[./] ?(?P<d6>\d{{1,2}})\b"
    rf"|\b(?P<y7>{_YEAR})\. (?P<m7>{_MONTH}) (?P<d7>\d{{1,2}})\b",
    re.IGNORECASE,
)
#: "Du 2 au 6 mars", "2-6 March": days that a piece speaks of, and none on which it came out.
_SPAN = re.compile(
    r"(?:\b(?:from|du|vom|del|dal|van|de|od) )?\b\d{1,2}(?:st|nd|rd|th|\.|er)? ?(?:-|–|to|au|bis|al|tot|t/m|a|do)"
    rf" ?(?=\d{{1,2}}(?:st|nd|rd|th|\.)? (?:de )?{_MONTH})",
    re.IGNORECASE,
)
#: A day without a year: no date can be made of it, but it is not text either.
_YEARLESS = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?![a-z])|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?!\w|[.,:]\d)",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b\d{1,2}[:.h]\d\d(?:[:.]\d\d)?\s?(?:am|pm|a\.m\.|p\.m\.|uhr)?|"
    r"\b\d{1,2} ?(?:am|pm|uhr|h|uur)\b|T(?=\d\d:)|\d{1,2}[時时點点]\s?(?:\d{1,2}分)?|\d{1,2}시 ?(?:\d{1,2}분)?",
    re.IGNORECASE,
)
#: Names of time zones, which are in capitals, with what is added to UTC.
_ZONE = re.compile(r"\b(?:[A-Z]{1,4}T|UTC|CES?T|Z|JST|IST)\b(?: ?[+-]\d{1,2}(?::\d\d)?)?")
_UPDATED = re.compile(rf"(?<![^\W\d_])(?:{UPDATED})(?!\w)", re.IGNORECASE)
#: Words that may stand next to a date in a line that is nothing else.
_BESIDE = re.compile(rf"(?<!\w)(?:{UPDATED}|{DAYS}|{BESIDE})(?!\w)", re.IGNORECASE)
#: "6 min read": how long it takes, next to the day.
_LENGTH = re.compile(r"^\d{1,3} ?[^\W\d_]{1,10}\.?(?: [^\W\d_]{2,10}){0,2}$")
#: "7–9 minutes" alone: it stands where a day stands, and says none.
_READING = re.compile(
    r"(?:(?:lecture|temps de lecture|lese(?:zeit|dauer)|reading time|lettura|lectura|leitura|leestijd|"
    r"lästid) ?: ?)?"
    r"\d{1,3}(?: ?[–-] ?\d{1,3})?[ -]?min(?:s|ut(?:e[nrs]?|os?|i|y|en)?)?\.?(?: (?:read|to read|de lecture|"
    r"lesezeit|lezen|leestijd|di lettura|de lectura|de leitura))?",
    re.IGNORECASE,
)
_READING_BEHIND = re.compile(rf"(?<=\d) ?(?:[,|·•]|\s[–—-]) {_READING.pattern}$", re.IGNORECASE)
_SIGNS = re.compile(r"\s+[|•·]\s+")
_FIGURE = re.compile(r"\d")
_AGO = re.compile(rf"(?<!\w)(?:{AGO})(?!\w)", re.IGNORECASE)
#: "Harle, 7 March 2026": the place it was written in; of two words where day and hour have dashes too.
_PLACE = re.compile(
    r"^(?:(?:New|San|Santa|São|St\.?|Los|Las|La|Le|El|Den|Bad) )?[^\W\d_a-z][\w'’-]{1,20}(?:,| [–—·|-]) "
    r"|^[^\W\d_a-z][\w'’-]{1,20}(?: [^\W\d_a-z][\w'’-]{1,20}){0,2} [–—-] (?= *[–—-] \d{1,2}[:.h]\d\d)"
)
#: Until when a text is to be held back: the day on which it comes out, whatever else the line says.
_EMBARGO = re.compile(rf"(?<!\w)(?:{EMBARGO})(?!\w)", re.IGNORECASE)
#: Over a day that stands on a line of its own.
_HEAD = re.compile(
    rf"(?:{UPDATED}|published|posted|cyhoeddwyd|publiée?|veröffentlicht|publicado|pubblicato|gepubliceerd|"
    r"opublikowano|δημοσιεύθηκε|公開日|掲載日)(?: (?:on|le|am|el|il|op|em|at))?:?",
    re.IGNORECASE,
)
#: "10.00pm GMT, The Courier": the house behind it.
_HOUSE = re.compile(r", (?:[Tt]he )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}$")
#: "Harle, 7 March 2026 (NPA) -": a dateline on a line of its own.
_AGENCY = re.compile(r"[(/][^()/]{2,20}[)/]\s*[–—-]{0,2}\s*$")
#: "The Calder Herald, 9 February 1934": a paper's name in front of it.
_PAPER = re.compile(
    r"^(?:THE|The|Der|Die|Das|Le|La|El|Il|De) [A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,3}, "
)
#: Where these zones are, the month stands first.
_AMERICAN = re.compile(r"\b(?:[ECMP][SD]?T)\b")
_LONGEST, _LAST_MONTH = 90, 12
#: A place, a day with its year, at most an agency in brackets, and a dash.
_DATELINE = re.compile(
    rf"^[^\W\d_a-z][^.!?:;–—]{{1,40}}?(?:,|/| ?\() ?(?P<day>(?i:{_FULL.pattern}))\)?,? ?"
    r"(?:[(/][^()/]{2,40}[)/] ?)?(?:[–—]|--? )"
)
#: The last part of a line; in characters, such lines are short.
_LAST, _LINE = re.compile(r"(?:[,:]|\s[|•·/§~–—-])\s+(?P<day>\w[^|•·/§~–—]{5,40})$"), 120


def date_line(line: str) -> tuple[date | None, date | None] | None:
    """Published and updated day of a line that is a date and nothing else.

    Both are None for a day without its year: it is taken out of the text, but nobody guesses.
    """
    return _of_short(line) if len(line) <= _LONGEST else None


# Each line of a page is asked about four or five times, by whoever looks for its date, its authors and its feet.
@lru_cache(maxsize=1_024)
def _of_short(line: str) -> tuple[date | None, date | None] | None:
    if not _FIGURE.search(line):
        return (None, None) if _AGO.fullmatch(line) or _HEAD.fullmatch(line) else None
    if _EMBARGO.search(line) and (day := first_date(line)):
        return day, None
    if _READING.fullmatch(line):
        return None, None
    line = _READING_BEHIND.sub("", line)
    line = _plain(_SIGNS.sub(" | ", line))
    line = " | ".join(part for part in line.split(" | ") if not _LENGTH.match(part)) or line
    spaced = _UPDATED.sub(" \\g<0> ", _SPAN.sub(" ", line))
    without = _AGO.sub(" ", _YEARLESS.sub(" ", _FULL.sub(" ", spaced)))
    if without == spaced or _says_more(without):
        return None
    if _SPAN.search(line):
        return None, None
    mark = _UPDATED.search(line)
    if not mark:
        return first_date(line), None
    return first_date(line[: mark.start()]), first_date(line[mark.end() :])


def may_hold_day(line: str) -> bool:
    """False for a line of which no part can be a day: it has neither a figure nor a word that stands for one."""
    return bool(_FIGURE.search(line) or _AGO.search(line) or _HEAD.search(line))


def last_day(text: str) -> date | None:
    """The day in "From the archive, 12 March 1987": of a line above a headline, the last part alone."""
    found = _LAST.search(text) if len(text) <= _LINE else None
    days = date_line(found["day"]) if found else None
    return days[0] if days else None


def dateline_day(text: str) -> date | None:
    """The day in the dateline of a first paragraph: "HARLE, Ohio, June 3, 2026 (Agency) – ...".

    Source: AP Stylebook, datelines: the place, the day where the house prints it, and a dash.
    """
    match = _DATELINE.match(text)
    return first_date(match["day"]) if match else None


def _says_more(without: str) -> bool:
    """Whether words are left of a line whose days are taken out, apart from those of dates and a place."""
    named = _HOUSE.sub(" ", _PLACE.sub(" ", _PAPER.sub(" ", _AGENCY.sub(" ", without))))
    bare = _BESIDE.sub(" ", _ZONE.sub(" ", _TIME.sub(" ", named)))
    return re.search(r"\w", bare) is not None


def first_date(text: str) -> date | None:
    """The first full date in a text; a date without a year is not one.

    Numbers between slashes are read day first, as British pages print them, and month first next to the name
    of an American time zone or where no month has the other number.
    """
    for match in _FULL.finditer(_plain(text)):
        parts = {key[0]: value for key, value in match.groupdict().items() if value}
        if match["d4"] and (_AMERICAN.search(text) or int(parts["m"]) > _LAST_MONTH):
            parts["d"], parts["m"] = parts["m"], parts["d"]
        try:
            return date(int(parts["y"]), _month(parts["m"]), int(parts["d"]))
        except ValueError:
            continue
    return None


def _plain(text: str) -> str:
    """The same text with Arabic, Persian, Devanagari and full-width figures as ASCII ones."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


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
