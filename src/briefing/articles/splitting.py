"""Page → articles: the one entry to this room."""

import re
from dataclasses import replace

from briefing.articles.boundaries import pieces
from briefing.articles.decoding import Decoded, decode
from briefing.articles.lines import Line, lines_of
from briefing.articles.parsing import Piece, parse
from briefing.articles.shingles import fingerprint, mark_duplicates
from briefing.articles.sponsorship import SponsorRule, judge
from briefing.errors import PageRefused
from briefing.model.article import Article, Author, Removed
from briefing.model.page import Page

#: `By X - 09 July 13:57`: a teaser's line. Three of them make a listing.
_TEASER_BYLINE = re.compile(
    r"^By [A-Z][\w’'. -]{2,50} [-–—] (?:\w+ )?\d{1,2} \w{3,9}(?: \d{4})?,?(?: \d{1,2}[:.]\d\d)?$"
)
_DAY_ALONE = re.compile(r"^\d{1,2} \w{3,9} (?:19|20)\d\d(?:,? \d{1,2}[:.]\d\d)?$")
_TEASERS = 3
_SHORTEST = 3


def split_page(page: Page, *, rules: tuple[SponsorRule, ...] = ()) -> tuple[Article, ...]:
    """Take a page apart into its pieces, each with its verdict and a record of all that was dropped.

    Args:
        page: the page as saved or fetched.
        rules: people's decisions about who paid; see `SponsorRule`.

    Raises:
        PageRefused: when the page is empty, binary, or a listing; the sentence says which.
    """
    decoded = decode(page.body, page.name)
    lines = lines_of(decoded.text)
    _refuse_listing(page.name, lines)
    read = [parse(piece) for piece in pieces(lines)]
    found, leftovers = _with_text(read)
    if not found:
        raise PageRefused(
            f"{page.name}: no article was found on this page; it holds {len(lines)} lines of "
            "headings, captions or links. Save the page of one article.",
            page=page.name,
        )
    articles = [_article(page, index, piece, decoded, rules) for index, piece in enumerate(found)]
    articles[0] = replace(articles[0], removed=(*leftovers, *articles[0].removed))
    return mark_duplicates(articles)


def _refuse_listing(name: str, lines: list[Line]) -> None:
    teasers = sum(bool(_TEASER_BYLINE.match(line.text)) for line in lines)
    if teasers >= _TEASERS:
        raise PageRefused(
            f"{name}: this is a listing of {teasers} articles, not an article; save the pages it "
            "leads to.",
            page=name,
        )
    dates = sum(bool(_DAY_ALONE.match(line.text)) for line in lines)
    cut = sum(line.text.endswith(("...", "…")) for line in lines)
    if min(dates, cut) >= _TEASERS:
        raise PageRefused(
            f"{name}: this is an author's page with {dates} teasers, not an article; save the pages "
            "it leads to.",
            page=name,
        )


def _with_text(read: list[Piece]) -> tuple[list[Piece], tuple[Removed, ...]]:
    """The pieces that have a body; what stood in the others stays on record with the first."""
    found = [piece for piece in read if _is_article(piece)]
    leftovers = []
    for piece in read:
        if not _is_article(piece):
            texts = (
                *piece.labels,
                piece.headline,
                piece.standfirst or "",
                *piece.captions,
                *(paragraph.text for paragraph in piece.paragraphs),
            )
            leftovers += [
                Removed(text=text, reason="no article around it") for text in texts if text
            ]
            leftovers += piece.removed
    return found, tuple(leftovers)


def _is_article(piece: Piece) -> bool:
    text = " ".join(paragraph.text for paragraph in piece.paragraphs)
    return bool(piece.headline) and len(text.split()) >= _SHORTEST


def _article(
    page: Page, index: int, piece: Piece, decoded: Decoded, rules: tuple[SponsorRule, ...]
) -> Article:
    text = "\n\n".join(paragraph.text for paragraph in piece.paragraphs)
    mark = fingerprint(text)
    return Article(
        id=f"{page.name}#{index}",
        headline=piece.headline,
        paragraphs=tuple(piece.paragraphs),
        fingerprint=mark,
        standfirst=piece.standfirst,
        standfirst_truncated=piece.standfirst_truncated,
        byline=tuple(_one_each(piece)),
        captions=tuple(piece.captions),
        labels=tuple(dict.fromkeys(piece.labels)),
        credit=piece.credit.text if piece.credit else None,
        published=piece.published,
        updated=piece.updated,
        date_basis="declared" if piece.published else "none",
        url=page.url,
        source=page.source,
        sponsorship=judge(piece, rules, page.url, mark),
        removed=tuple(piece.removed),
        flags=(*decoded.flags, *piece.flags),
    )


def _one_each(piece: Piece) -> list[Author]:
    """Each author once: a by-line and a biography may both name them; the one with a role stays."""
    best: dict[str, Author] = {}
    for author in piece.authors:
        known = best.get(author.name)
        if known is None or (author.role and not known.role):
            best[author.name] = author
    return list(best.values())
