"""The pieces of a page → its articles, each with its verdict and its place."""

from dataclasses import replace

from briefing.articles.apply_declared import with_declared
from briefing.articles.paid.sponsor_rule import SponsorRule
from briefing.articles.paid.verdict import judge
from briefing.articles.pieces.found import FoundPieces
from briefing.articles.pieces.piece import Piece
from briefing.articles.text.fingerprint import fingerprint
from briefing.fetching.canonical_url import canonical
from briefing.model.article import Article
from briefing.model.page import Page


def articles_of(
    page: Page, found: FoundPieces, flags: tuple[str, ...], rules: tuple[SponsorRule, ...]
) -> tuple[Article, ...]:
    """The articles of a page, in its order; the first has what the page declares.

    Args:
        page: that they stand on.
        found: what a reader of pages found on it.
        flags: what a person should know of the page as a whole.
        rules: people's decisions about who paid.
    """
    if page.declared:
        found.pieces[0].sender = page.declared.sender
    articles = [_article(page, n, piece, flags, rules) for n, piece in enumerate(found.pieces)]
    articles[0] = replace(articles[0], removed=(*found.leftovers, *articles[0].removed))
    return with_declared(articles, found.said, found.origins)


def _article(
    page: Page, index: int, piece: Piece, flags: tuple[str, ...], rules: tuple[SponsorRule, ...]
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
        pictures=piece.pictures,
        section=piece.section,
        updates=piece.updates,
        labels=tuple(piece.labels),
        credit=piece.credit.text if piece.credit else None,
        published=piece.published,
        updated=piece.updated,
        date_basis="declared" if piece.published else "none",
        url=page.url,
        canonical_url=address,
        source=page.source,
        sponsorship=judge(piece, rules, address, mark),
        removed=(*piece.removed, *piece.elsewhere),
        origins=tuple(piece.origins),
        flags=(*flags, *dict.fromkeys(piece.flags)),
    )
