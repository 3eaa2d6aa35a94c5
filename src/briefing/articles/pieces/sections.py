"""Names above a headline: sections of the site, its own name and its claim."""

import html
import re

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.vocabulary.bylines import lone_name, natural
from briefing.articles.vocabulary.payer_names import is_organised

#: The site's field for a standfirst holds exactly this many characters, tags counted.
CUT_AT = 100
#: The mark that closes a sentence, with quotation marks and brackets behind it.
CLOSED = re.compile(r"[.!?…:;]['\"”’)\]]*$")
_SECTION_WORDS, _ROW_WORDS, _HOUSE_WORDS = 3, 4, 7
#: A section, a headline and what stands over the text.
_HEAD_LINES = 3
#: "The Calder Post • Politics": the paper before the section.
_HOUSE_FIRST = re.compile(r"^[A-ZÀ-Þ][\w’'&.-]*(?: [A-ZÀ-Þ][\w’'&.-]*){0,4}\s+[•·|–—-]\s+(?=\S)")
#: From so many to so many words has a headline; a standfirst has more of them more often.
_HEADLINE = (6, 14)
_SECTIONS = frozenset(
    "politics|uk politics|uk|world|culture|business|economy|economics|health|education|media|"
    "society|science|tech|"
    "technology|environment|sport|books|film|tv|tv & radio|music|ideas|international|the staggers|"
    "staggers|blogs|"
    "voices|elections|election|scotland|wales|northern ireland|europe|brexit|comment is free|"
    "columns|columnists|"
    "features|news|uk news|long reads|the weekend essay|leader|leaders|diary|letters|westminster|"
    "home|politique|politik|política|politica|wirtschaft|économie|cultura|kultur".split("|")
)
_EVERY_PAGE = frozenset({"home", "news", "blogs", "features"})


def is_section(rest: list[Line]) -> bool:
    """A section's name: known, or short with another headline and a standfirst still to come."""
    first = rest[0]
    name = _section_name(first)
    below = [line for line in rest[1:9] if line.kind is LineKind.TEXT]
    # A house's name stands over a section's.
    while below and (below[0].words == 1 or _section_name(below[0]) in _SECTIONS):
        below.pop(0)
    names = 0
    while len(below) > 1 and below[0].words <= _SECTION_WORDS and not below[0].is_prose:
        below.pop(0)
        names += 1
    if not below or below[0].is_prose or not below[0].is_headline or first.text.endswith("."):
        return False
    if names and first.words <= _ROW_WORDS and below[0].words > _SECTION_WORDS and below[1:]:
        return True
    if name in _SECTIONS or (first.words == 1 and below[0].words > _SECTION_WORDS and below[1:]):
        return True
    if first.words <= _SECTION_WORDS and len(below) > 1 and _is_lone_headline(below):
        return True
    if len(below) < 3 or first.is_prose or is_cut(below[0]):  # noqa: PLR2004 - headline, standfirst, text
        return False
    longer = min(below[0].words, below[1].words) > _SECTION_WORDS
    text = below[3] if below[3:] and lone_name(natural(below[2].text)) else below[2]
    return first.words <= _SECTION_WORDS and longer and text.is_prose


def known_section(line: Line) -> str | None:
    """The name of a line that is a section's for certain; what stands over every page names none."""
    name = _section_name(line)
    return _HOUSE_FIRST.sub("", _bare(line)) if name in _SECTIONS - _EVERY_PAGE else None


def is_house(rest: list[Line]) -> bool:
    """A body's name in capitals over a headline that is not in capitals, or a paper's name with a section."""
    if _HOUSE_FIRST.match(_bare(rest[0])) and _section_name(rest[0]) in _SECTIONS:
        return len(rest) > 1 and rest[1].kind is LineKind.TEXT
    first, below = rest[0], next((line for line in rest[1:] if line.kind is LineKind.TEXT), None)
    if below is None or not first.text.isupper() or below.text.isupper() or not below.is_headline:
        return False
    return first.words <= min(_HOUSE_WORDS, below.words) and is_organised(first.text.title())


def _is_lone_headline(below: list[Line]) -> bool:
    """Of a headline's length and without a standfirst below: what stands above it is a name."""
    return _HEADLINE[0] <= below[0].words <= _HEADLINE[1] and below[1].is_prose


def is_over_signed(rest: list[Line]) -> bool:
    """One word, glued over a line of more words with a by-line or a day below: that one is the headline."""
    if (
        rest[0].words > 1
        or len(rest) <= _HEAD_LINES
        or not rest[1].glued
        or not rest[1].is_headline
    ):
        return False
    return rest[2].kind in (LineKind.BYLINE, LineKind.DATE)


def _section_name(line: Line) -> str:
    return _HOUSE_FIRST.sub("", _bare(line)).casefold()


def _bare(line: Line) -> str:
    return re.sub(r"^\W*(?:\d+\.\s*)?|[\s>»/|]+$", "", line.text)


def is_cut(line: Line) -> bool:
    """True for a standfirst that the page itself cut off."""
    raw = line.raw.lstrip()
    lengths = {len(line.raw), len(raw), len(raw.rstrip()), len(html.unescape(raw))}
    return CUT_AT in lengths and not CLOSED.search(line.text)
