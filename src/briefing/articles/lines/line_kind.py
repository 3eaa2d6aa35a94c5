"""What a line is, judged by itself: the first reading, before its neighbours are looked at."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from briefing.articles.text.dates import date_line
from briefing.articles.vocabulary.boilerplate import furniture, is_correction
from briefing.articles.vocabulary.bylines import biography, byline
from briefing.articles.vocabulary.captions import is_agency, is_button, opens_caption
from briefing.articles.vocabulary.credits import Credit, credit, is_phone
from briefing.articles.vocabulary.labels import disclosure, is_slot, lone_label
from briefing.articles.vocabulary.payer_lines import in_line, maker
from briefing.articles.vocabulary.payer_names import Disclosure
from briefing.articles.vocabulary.releases import declares_release
from briefing.articles.vocabulary.signings import credits_line, uncased_byline
from briefing.model.article import Author


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
    #: "Press release", "For immediate release".
    RELEASE = "label of a press release"
    #: What a press office writes to newsrooms under its text.
    NOTES = "notes to editors"
    FURNITURE = "furniture"


#: What was read of a line when it was classified: who, how much or which label it names.
Evidence = Credit | Disclosure | tuple[Author, ...] | tuple[date | None, date | None] | str | None


class Classified(NamedTuple):
    """What a line is, why it is dropped when it is furniture, and what it says."""

    kind: LineKind = LineKind.TEXT
    reason: str = ""
    evidence: Evidence = None


#: No line but a paragraph is longer, in characters; it also bounds every pattern below.
LONGEST = 700
_ADDRESS = re.compile(
    r"^(?:e-?mail:?\s*|web:?\s*)?(?:https?://\S{4,300}|www\.\S{3,200}|[\w.+-]{1,64}@[\w.-]{3,100}|"
    r"[a-z0-9-]{2,60}(?:\.[a-z0-9-]{2,60}){0,3}\.(?:com|org|net|co\.uk|gov\.uk|org\.uk|eu|"
    r"io)(?:/\S{0,200})?)$",
    re.IGNORECASE,
)

#: "Printed from https://…": no sentence ends so.
_LED_ADDRESS = re.compile(r"^[^\W\d_][\w ]{1,30}:? https?://\S{4,300}$")


def _yes(test: Callable[[str], object]) -> Callable[[str], str | None]:
    """The line itself where there is nothing more to say than that it is one."""
    return lambda text: text if test(text) else None


_TESTS: tuple[tuple[Callable[[str], Evidence], LineKind], ...] = (
    (_yes(is_button), LineKind.BUTTON),
    (credit, LineKind.CREDIT),
    (_yes(is_phone), LineKind.PHONE),
    (_yes(_ADDRESS.match), LineKind.ADDRESS),
    (_yes(is_slot), LineKind.SLOT),
    (_yes(disclosure), LineKind.DISCLOSURE),
    (in_line, LineKind.PAYER),
    (maker, LineKind.MAKER),
    (_yes(is_agency), LineKind.AGENCY),
    (_yes(opens_caption), LineKind.CAPTION),
    (_yes(declares_release), LineKind.RELEASE),
    (date_line, LineKind.DATE),
    (credits_line, LineKind.BYLINE),
    (byline, LineKind.BYLINE),
    (uncased_byline, LineKind.BYLINE),
    (lone_label, LineKind.LABEL),
    (_yes(is_correction), LineKind.CORRECTION),
    (biography, LineKind.BIOGRAPHY),
    (_yes(_LED_ADDRESS.match), LineKind.ADDRESS),
    (furniture, LineKind.FURNITURE),
)


def classify(text: str) -> Classified:
    """The kind of a cleaned line, with its evidence and, for furniture, the reason to drop it.

    Order matters: a disclosure is looked for before everything that may be dropped unread.
    """
    if len(text) > LONGEST:
        return Classified()
    for test, kind in _TESTS:
        evidence = test(text)
        if evidence:
            reason = str(evidence) if kind is LineKind.FURNITURE else ""
            return Classified(kind=kind, reason=reason, evidence=evidence)
    return Classified()
