"""The title of a paper over the text of its page: name, volume, number and price of the issue."""

import re
from collections.abc import Sequence

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.vocabulary.lookup import Finder, Grammar

_REASON = "site heading"
_VOLUME = Grammar("boilerplate", r"^\W*{volume}\b[.:]?\s*(?:[IVXLCDM]+|\d[\d.,]*)\b", re.IGNORECASE)
#: "BC-Ferries-Strike, 2nd Ld": by which a wire knows a story.
_SLUG = re.compile(
    r"^(?:[A-Z]{2,4}-(?=.*(?:,\d|\bLd\b|\b(?:1st|2nd|3rd|\dth)\b))[\w ,.-]+|\w+(?:[-–]\w+){2,}(?: \([\w ]+\))?)$"
)
#: "bdt0311 4 pl 214 npa 0842", "Verkehr/Brücken/", and at the end "npa kr yyzz a3 mh".
#: Source: IPTC 7901, message header (source and number, priority, category, words) and keyword line.
_MESSAGE = re.compile(r"^[a-z]{2,4}\d{3,4} \d [a-z]{1,3} \d{1,4}\b[ \w]{0,30}$")
_KEYWORDS = re.compile(r"^(?:[^\s/]{2,30}/){1,6}$")
_SIGN_OFF = re.compile(r"^[a-z]{2,5}(?: [a-z\d]{1,5}){1,7}$")
#: "Brask-Norburg-Treaty", glued below the headline.
_KEYWORD = re.compile(r"^[A-ZÀ-Þ]\w+(?:-[A-ZÀ-Þ]\w+){2,}$")
#: "NORDPRESS BULLETIN NO. 214".
_NUMBERED = Grammar("boilerplate", r"^[^a-z]{4,40}\s(?i:{volume})\b[.:]?\s*\d[\d.,]*$")
#: "THE HARLE COURIER, TUESDAY, MAY 5, 1936. 7": the paper, the day and the page.
_RUNNING = re.compile(
    r"^[A-ZÀ-Þ].*\b(?:1[6-9]|20)\d\d(?:[.,;]| [–—|-])? *(?:[Pp](?:age|AGE|\.) ?)?\d{1,3}$"
)
#: "Article 3 of 11": the place of a story among others.
_COUNTED = re.compile(r"^(?:[^\W\d_]+ )?\d{1,4} (?:of|von|de|sur|di|van) \d{1,4}$")
_BAR = re.compile(r"\s+[|•·]\s+")
_PRICE = Finder("boilerplate", "price of a paper")
_GAP = re.compile(r"\s{3,}|\t+")
_LINES, _WORDS = 8, 10
#: Above the volume stand the paper's name and what it says of itself.
_NAMES = 3


def mastheads(page: Sequence[Line]) -> list[Line]:
    """Take for the paper's own what stands at the head of a page down to its volume, number or price."""
    lines = _without_message_header(page)
    if len(lines) > 1 and lines[1].glued and _KEYWORD.match(lines[1].text):
        lines[1] = lines[1].taken_for(LineKind.FURNITURE, _REASON)
    for at in range(_last(lines) + 1):
        day = lines[at].facts.day
        if day:
            lines[at] = lines[at].taken_for(LineKind.DATE, evidence=(day, None))
        elif lines[at].kind in (LineKind.TEXT, LineKind.BYLINE):
            lines[at] = lines[at].taken_for(LineKind.FURNITURE, _REASON)
    return lines


def _without_message_header(page: Sequence[Line]) -> list[Line]:
    """The lines, those taken off that an agency's machine set around the text."""
    lines = list(page)
    if not lines or not _MESSAGE.match(lines[0].text):
        return lines
    around = [
        0,
        *(at for at in range(1, min(_NAMES, len(lines))) if _KEYWORDS.match(lines[at].text)),
    ]
    around += [len(lines) - 1] if _SIGN_OFF.match(lines[-1].text) else []
    for at in around:
        lines[at] = lines[at].taken_for(LineKind.FURNITURE, _REASON)
    return lines


def _last(lines: Sequence[Line]) -> int:
    """The place of the last line of a masthead; -1 without one."""
    told = [at for at, line in enumerate(lines[:_LINES]) if _tells_issue(line)]
    if told and told[0] <= _NAMES and not any(line.is_prose for line in lines[: told[-1]]):
        return told[-1]
    if len(lines) < 2 or lines[1].is_prose:  # noqa: PLR2004 - a title and what it stands over
        return -1
    if _COUNTED.match(lines[0].text):
        return 0
    if _RUNNING.search(lines[0].text) and lines[0].facts.day:
        return 0
    is_slug = _SLUG.match(lines[0].text) and lines[1].kind is LineKind.TEXT
    return 0 if is_slug or _is_row(lines[0]) or _names_paper(lines) else -1


def _names_paper(lines: Sequence[Line]) -> bool:
    """A name and a day over a headline, all in capitals: the name is the paper's."""
    if len(lines) < _NAMES or lines[1].kind is not LineKind.DATE or not lines[1].glued:
        return False
    below = next((line for line in lines[2:] if line.kind is LineKind.TEXT), None)
    return lines[0].text.isupper() and below is not None and below.text.isupper()


def _is_row(line: Line) -> bool:
    """Names with wide gaps between them, as over a page of print: the paper, its edition, the page."""
    items = _GAP.split(line.raw.strip())
    return len(items) > 1 and all(item.count(" ") <= _NAMES for item in items)


def _tells_issue(line: Line) -> bool:
    if line.words > _WORDS or line.kind not in (LineKind.TEXT, LineKind.BYLINE):
        return False
    if _NUMBERED.match(line.text):
        return True
    parts = _BAR.split(line.text)
    return any(_VOLUME.match(part) for part in parts) or _PRICE.find(line.text) is not None
