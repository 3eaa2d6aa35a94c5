"""Page → articles: the one entry to this room."""

from dataclasses import replace

from briefing.articles.apply_declared import with_declared
from briefing.articles.html.compare_bodies import compared
from briefing.articles.html.html_lines import is_markup, lines_of_markup
from briefing.articles.lines.line import Line, lines_of
from briefing.articles.lines.listing_pages import refuse_listing
from briefing.articles.lines.reclassify import settle
from briefing.articles.paid.sponsor_rule import SponsorRule
from briefing.articles.paid.verdict import judge
from briefing.articles.pieces.head import (
    body_from_standfirst,
    drop_pull_quotes,
    paragraphs,
    read_head,
    unnamed_authors,
)
from briefing.articles.pieces.piece import Piece, sort_lines
from briefing.articles.pieces.segment import pieces, shared_payers
from briefing.articles.text.decoding import Decoded, decode
from briefing.articles.text.fingerprint import fingerprint
from briefing.errors import PageRefused
from briefing.fetching.canonical_url import canonical
from briefing.model.article import Article, Removed
from briefing.model.page import Page

#: A piece with fewer words of text is a stray heading.
_SHORTEST = 3


def split_page(page: Page, *, rules: tuple[SponsorRule, ...] = ()) -> tuple[Article, ...]:
    """Take a page apart into its pieces, each with its verdict and a record of all that was dropped.

    Repeats are not marked: `mark_duplicates` does that over all pages at once.

    Args:
        page: the page as saved or fetched.
        rules: people's decisions about who paid; see `SponsorRule`.

    Raises:
        PageRefused: when the page is empty, binary, too much, or a listing; the sentence says which.
    """
    decoded = decode(page.body, page.name)
    is_html = is_markup(decoded.text, page.media_type)
    lines = (lines_of_markup if is_html else lines_of)(decoded.text, page.name)
    refuse_listing(page.name, lines)
    read = _read(pieces(settle(lines)))
    found, leftovers = _with_text(read)
    if not found:
        raise PageRefused(
            f"{page.name}: no article was found on this page; it holds {len(lines)} lines of "
            "headings, captions or links. Save the page of one article.",
            page=page.name,
        )
    found[0].is_signed_unseen = bool(page.extract and page.extract.declared.authors)
    articles = [_article(page, index, piece, decoded, rules) for index, piece in enumerate(found)]
    articles[0] = replace(articles[0], removed=(*leftovers, *articles[0].removed))
    if page.extract is None:
        return tuple(articles)
    known = compared(articles, page.extract.paragraphs)
    return with_declared(known, page.extract.declared, page.extract.origins)


def _read(cut: list[list[Line]]) -> list[Piece]:
    """Each piece parsed; a payer named between two of them is held against both, and proves neither."""
    read = [_parse(lines) for lines in cut]
    for lines, piece, below in zip(cut, read, read[1:], strict=False):
        shared = shared_payers(lines)
        doubtful = [payer for payer in piece.payers if payer.text in shared]
        piece.payers = [payer for payer in piece.payers if payer.text not in shared]
        piece.doubtful += doubtful
        below.doubtful += doubtful
    return read


def _parse(lines: list[Line]) -> Piece:
    """Read the lines of one piece; every line ends in exactly one field or in `removed`."""
    piece = Piece()
    piece.paragraphs = paragraphs(read_head(piece, sort_lines(piece, lines)))
    drop_pull_quotes(piece)
    body_from_standfirst(piece)
    piece.authors = unnamed_authors(piece.authors)
    return piece


def _with_text(read: list[Piece]) -> tuple[list[Piece], tuple[Removed, ...]]:
    """The pieces that have a body; what stood in the others stays on record with the first."""
    found = [piece for piece in read if _is_article(piece)]
    leftovers: list[Removed] = []
    for piece in read:
        if not _is_article(piece):
            leftovers += [
                Removed(text=text, reason="no article around it") for text in _texts(piece)
            ]
            leftovers += piece.removed
    return found, tuple(leftovers)


def _texts(piece: Piece) -> list[str]:
    texts = (
        *piece.labels,
        piece.headline,
        piece.standfirst or "",
        *piece.captions,
        *(paragraph.text for paragraph in piece.paragraphs),
    )
    return [text for text in texts if text]


def _is_article(piece: Piece) -> bool:
    words = sum(len(paragraph.text.split()) for paragraph in piece.paragraphs)
    return bool(piece.headline) and words >= _SHORTEST


def _article(
    page: Page, index: int, piece: Piece, decoded: Decoded, rules: tuple[SponsorRule, ...]
) -> Article:
    mark = fingerprint("\n\n".join(paragraph.text for paragraph in piece.paragraphs))
    address = canonical(page.url or piece.address or "").partition("#")[0] or None
    return Article(
        id=f"{page.name}#{index}",
        headline=piece.headline,
        paragraphs=tuple(piece.paragraphs),
        fingerprint=mark,
        standfirst=piece.standfirst,
        standfirst_truncated=piece.standfirst_truncated,
        byline=tuple(piece.authors),
        captions=tuple(piece.captions),
        labels=tuple(piece.labels),
        credit=piece.credit.text if piece.credit else None,
        published=piece.published,
        updated=piece.updated,
        date_basis="declared" if piece.published else "none",
        url=page.url,
        canonical_url=address,
        source=page.source,
        sponsorship=judge(piece, rules, address, mark),
        removed=tuple(piece.removed),
        flags=(*decoded.flags, *dict.fromkeys(piece.flags)),
    )
