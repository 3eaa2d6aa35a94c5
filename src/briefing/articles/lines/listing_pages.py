"""Listings and authors' pages: pages of teasers or of links, which hold no article."""

import re
from collections.abc import Sequence

from briefing.articles.lines.line import HEADER_FIELD, Line
from briefing.articles.lines.line_kind import LineKind
from briefing.counted import counted
from briefing.errors import PageRefused

_TEASERS = 3
#: Words of running text per teaser; three short articles on one page have far more.
_WORDS_PER_TEASER = 80
_LONG_PARAGRAPH = 60
_ADDRESS = re.compile(r"https?://[^\s<>]+", re.IGNORECASE)
#: So many links are a list, where each comes with no more words than a headline has, and with fewer
#: words of running text around them: an article with its sources below has far more.
_LINKS, _CAPTION, _WORDS_PER_LINK = 5, 22, 10
#: So many headlines are a list of them: what is left of links that were copied from a page.
#: They have so many words on average; results, hours and menus have fewer, or figures.
_HEADLINES, _HEADLINE_WORDS, _FIGURES = 12, 5, 0.25
_ITEM = re.compile(r"[^\w“‘\"']|\d")
#: A teaser has one paragraph.
_PARAGRAPHS = 2


def refuse_listing(page: Sequence[Line]) -> list[Line]:
    """Refuse a page that only leads to others; the lines of another page stay as they are.

    Blocks of fields with the title or the address stand over stories, and over no teaser.

    Raises:
        PageRefused: for a listing or an author's page, with the number of its teasers or links.
    """
    has_heads = any(line.reason == HEADER_FIELD for line in page)
    what = _links(page) or _headlines(page) or ("" if has_heads else _teasers(page))
    if what:
        raise PageRefused(f"this is {what}, not an article; save the pages it leads to.")
    return list(page)


def links_alone(links: int, words: int) -> bool:
    """True where there are many links and hardly any running text around them."""
    return links >= _LINKS and words < links * _WORDS_PER_LINK


def _teasers(lines: Sequence[Line]) -> str:
    """What a page of teasers is, by their by-lines, days and ends that are cut off; empty for another page."""
    signed = sum(line.kind is LineKind.BYLINE and _dated(line) for line in lines)
    bylines = sum(line.kind is LineKind.BYLINE for line in lines)
    dates = sum(line.kind is LineKind.DATE for line in lines)
    cut = sum(line.text.endswith(("...", "…", "[...]", "Read more")) for line in lines)
    count = max(
        signed,
        min(dates, cut),
        bylines if bylines > _TEASERS else 0,
        min(dates, bylines),
        cut if cut > _TEASERS else 0,
    )
    if dates > _TEASERS and not signed:
        count = max(count, dates)
    words = sum(line.words for line in lines if line.is_prose)
    if not words and dates > 1:
        count = max(count, sum(line.is_headline for line in lines))
    if count < _TEASERS or words >= count * _WORDS_PER_TEASER or _long(lines) > 1:
        return ""
    if sum(line.is_prose for line in lines) >= _PARAGRAPHS * count:
        return ""
    first = next((line for line in lines if line.kind is not LineKind.FURNITURE), None)
    is_author = (
        first is not None
        and any(line.kind is LineKind.BIOGRAPHY for line in lines[:4])
        and not signed
    )
    return (
        f"an author's page with {count} teasers" if is_author else f"a listing of {count} articles"
    )


def _links(lines: Sequence[Line]) -> str:
    """How many links a text consists of; nothing where something is told around them."""
    links = words = 0
    for line in lines:
        found = len(_ADDRESS.findall(line.text))
        around = line.words - found
        if found and around <= found * _CAPTION:
            links += found
        elif line.is_prose:
            words += around
    return f"a listing of {links} links" if links_alone(links, words) else ""


def _headlines(lines: Sequence[Line]) -> str:
    """How many headlines a text consists of; nothing where any line of it is a sentence, a point or a by-line."""
    said = [line for line in lines if line.kind is not LineKind.FURNITURE]
    if len(said) < _HEADLINES or not all(line.is_headline for line in said):
        return ""
    figures = sum(any(sign.isdigit() for sign in line.text) for line in said)
    points = any(_ITEM.match(line.text) for line in said)
    words = sum(line.words for line in said)
    if points or figures > _FIGURES * len(said) or words < _HEADLINE_WORDS * len(said):
        return ""
    return f"a listing of {counted(len(said), 'headline')}"


def _long(lines: Sequence[Line]) -> int:
    return sum(line.words > _LONG_PARAGRAPH for line in lines)


def _dated(line: Line) -> bool:
    return line.facts.day is not None or any(character.isdigit() for character in line.text)
