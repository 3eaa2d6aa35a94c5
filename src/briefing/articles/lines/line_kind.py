"""What a line is, judged by itself: the first reading, before its neighbours are looked at."""

import re
from enum import StrEnum

from briefing.articles.text.dates import date_line
from briefing.articles.vocabulary.boilerplate import furniture, is_correction, is_separator
from briefing.articles.vocabulary.bylines import biography, byline
from briefing.articles.vocabulary.captions import is_agency, is_button
from briefing.articles.vocabulary.credits import credit, is_phone
from briefing.articles.vocabulary.labels import disclosure, is_slot, lone_label
from briefing.articles.vocabulary.payer_lines import in_line, maker


class LineKind(StrEnum):
    """The kinds of lines of a saved page."""

    TEXT = "text"
    BUTTON = "picture button"
    AGENCY = "picture credit"
    CAPTION = "caption"
    CREDIT = "credit"
    PHONE = "phone number"
    ADDRESS = "web address"
    #: "Advertisement feature" and the like.
    DISCLOSURE = "disclosure label"
    #: "Paid for by …" alone on its line.
    PAYER = "disclosure line"
    #: "Advertisement" alone: a label above a headline, an empty slot inside a text.
    SLOT = "advertisement slot"
    BIOGRAPHY = "biography"
    BYLINE = "by-line"
    DATE = "date"
    LABEL = "label"
    CORRECTION = "correction note"
    #: "Produced by …": a payer's house, or the crew of a programme.
    MAKER = "maker's line"
    #: Somebody else paid for the writer's trip or ticket.
    GUEST = "thanks for a trip"
    FURNITURE = "furniture"


#: No line but a paragraph is longer, in characters; it also bounds every pattern below.
LONGEST = 700
_ADDRESS = re.compile(
    r"^(?:e-?mail:?\s*|web:?\s*)?(?:https?://\S{4,300}|www\.\S{3,200}|[\w.+-]{1,64}@[\w.-]{3,100}|"
    r"[a-z0-9-]{2,60}(?:\.[a-z0-9-]{2,60}){0,3}\.(?:com|org|net|co\.uk|gov\.uk|org\.uk|eu|"
    r"io)(?:/\S{0,200})?)$",
    re.IGNORECASE,
)
_TESTS = (
    (is_button, LineKind.BUTTON),
    (credit, LineKind.CREDIT),
    (is_phone, LineKind.PHONE),
    (_ADDRESS.match, LineKind.ADDRESS),
    (is_slot, LineKind.SLOT),
    (disclosure, LineKind.DISCLOSURE),
    (in_line, LineKind.PAYER),
    (maker, LineKind.MAKER),
    (is_agency, LineKind.AGENCY),
    (date_line, LineKind.DATE),
    (byline, LineKind.BYLINE),
    (lone_label, LineKind.LABEL),
    (is_correction, LineKind.CORRECTION),
    (biography, LineKind.BIOGRAPHY),
)


def kind_of(text: str) -> tuple[LineKind, str]:
    """The kind of a cleaned line and, for furniture, the reason to drop it.

    Order matters: a disclosure is looked for before everything that may be dropped unread.
    """
    if len(text) > LONGEST:
        return LineKind.TEXT, ""
    for test, kind in _TESTS:
        if test(text):
            return kind, ""
    reason = "separator" if is_separator(text) else furniture(text)
    return (LineKind.FURNITURE, reason) if reason else (LineKind.TEXT, "")
