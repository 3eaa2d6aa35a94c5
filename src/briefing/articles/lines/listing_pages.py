"""Listings and authors' pages: pages of teasers, which hold no article."""

from collections.abc import Sequence

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.text.dates import first_date
from briefing.errors import PageRefused

_TEASERS = 3
#: Words of running text per teaser; three short articles on one page have far more.
_WORDS_PER_TEASER = 80
_LONG_PARAGRAPH = 60


def refuse_listing(name: str, lines: Sequence[Line]) -> None:
    """Refuse a page that only leads to others.

    Raises:
        PageRefused: for a listing or an author's page, with the number of its teasers.
    """
    signed = sum(line.kind is LineKind.BYLINE and _dated(line.text) for line in lines)
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
        return
    first = next((line for line in lines if line.kind is not LineKind.FURNITURE), None)
    is_author = (
        first is not None
        and any(line.kind is LineKind.BIOGRAPHY for line in lines[:4])
        and not signed
    )
    what = (
        f"an author's page with {count} teasers" if is_author else f"a listing of {count} articles"
    )
    raise PageRefused(
        f"{name}: this is {what}, not an article; save the pages it leads to.", page=name
    )


def _long(lines: Sequence[Line]) -> int:
    return sum(line.words > _LONG_PARAGRAPH for line in lines)


def _dated(text: str) -> bool:
    return first_date(text) is not None or any(character.isdigit() for character in text)
