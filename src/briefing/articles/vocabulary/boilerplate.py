"""Furniture: lines of the site around an article that are not part of it."""

import re

from briefing.articles.text.markdown import PICTURE, is_picture
from briefing.articles.vocabulary.lookup import Finder
from briefing.articles.vocabulary.rows import VocabularyRow

_FURNITURE = Finder(
    "boilerplate",
    "cookies named",
    "cookie notice",
    "sign-up form",
    "link to other pages",
    "sharing button",
    "site heading",
    "legal line",
    "by-line without a name",
)
#: After these come other pages' headlines until the text goes on.
_OVER_LINKS = Finder("boilerplate", "heading over links", "heading over paid links")
_OVER_PAID_LINKS = Finder("boilerplate", "heading over paid links")
_CORRECTION = Finder("boilerplate", "correction")
_INVITATION = Finder("boilerplate", "invitation")
_WAY_OUT = Finder("boilerplate", "way out")
_WHY = Finder("boilerplate", "why it came")
#: Asterisks, rules and other lines without a letter or digit.
_SEPARATOR = re.compile(r"^[\W_]{1,200}$")
#: "lk/mo/sd": who wrote, edited and sent a report of an agency.
_INITIALS = re.compile(r"^\(?(?:[a-z]{2,4}[/-]|[A-Z]{2,5}/)[a-z]{2,4}(?:[/-][a-z]{2,4}){0,3}\)?$")
#: "#harle #bridges".
_TAGS = re.compile(r"^#\w{2,40}(?:[ ,]{1,2}#\w{2,40}){1,30}$")
#: What stands between the links of a row.
_PIPE = re.compile(r"\s*[|·•]\s*")
#: In characters; sign-up forms may print their consent clause in full.
_LONGEST = 420
_ROW = 120
LEGAL, WHY_IT_CAME = "legal line", "why the letter came"
_REASONS = {"cookies named": "cookie notice"}


def furniture(line: str) -> str | None:
    """Why a line is furniture, or None when it is not."""
    if _SEPARATOR.match(line):
        return "separator"
    if is_picture(line):
        return PICTURE
    if _INITIALS.match(line):
        return "initials of the desk"
    if _TAGS.match(line):
        return "tags"
    row = _FURNITURE.find(line) if len(line) <= _LONGEST else None
    row = row or _row_of_buttons(line)
    if row:
        return _REASONS.get(row.name, row.name)
    if says_why_it_came(line) or all(leads_out(part) for part in _PIPE.split(line)):
        return WHY_IT_CAME
    return None


def _row_of_buttons(line: str) -> VocabularyRow | None:
    """Buttons with a sign between them, each of them one by itself."""
    parts = _PIPE.split(line) if len(line) <= _ROW else []
    found = [_FURNITURE.find(part) for part in parts] if len(parts) > 1 else []
    return found[0] if found and all(found) else None


def opens_tail(line: str) -> bool:
    """True for a heading over a list of other pages."""
    return len(line) <= 80 and _OVER_LINKS.find(line) is not None  # noqa: PLR2004 - a heading's length


def may_label(line: str) -> bool:
    """True for a heading over links that stands as a label over paid pieces, too."""
    return _OVER_PAID_LINKS.find(line) is not None


def leads_out(link: str) -> bool:
    """True for the words of a link by which a reader leaves a letter, or looks at it elsewhere."""
    return len(link) <= 80 and _WAY_OUT.find(link) is not None  # noqa: PLR2004 - a button's length


def says_why_it_came(line: str) -> bool:
    """True for the sentence by which a letter says why its reader gets it."""
    return _WHY.find(line) is not None


def is_correction(line: str) -> bool:
    """True for a note on what was changed after publication."""
    return _CORRECTION.find(line) is not None


def invites(line: str) -> bool:
    """True for a line that asks the reader to sign up for something."""
    return _INVITATION.find(line) is not None
