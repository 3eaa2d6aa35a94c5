"""The pieces of a page → its articles, each with its verdict and its place."""

from collections.abc import Sequence
from dataclasses import replace

from briefing.articles.paid.sponsor_rule import SponsorRule
from briefing.articles.paid.verdict import judge
from briefing.articles.pieces.found import FoundPieces
from briefing.articles.pieces.piece import Piece
from briefing.articles.text.fingerprint import fingerprint
from briefing.errors import PageRefused
from briefing.fetching.canonical_url import canonical
from briefing.model.article import Article, Author
from briefing.model.page import Declared, Page


def articles_of(
    page: Page, found: FoundPieces, flags: tuple[str, ...], rules: tuple[SponsorRule, ...]
) -> tuple[Article, ...]:
    """The articles of a page, in its order; the first has what the page declares.

    Args:
        page: that they stand on.
        found: what a reader of pages found on it.
        flags: what a person should know of the page as a whole.
        rules: people's decisions about who paid.

    Raises:
        PageRefused: when no piece has a text.
    """
    pieces = found.articles
    if not pieces:
        raise PageRefused(
            f"no article was found on this page; it holds {found.held}. Save the page of one article."
        )
    pieces[0].leftovers = found.leftovers
    if page.declared:
        pieces[0].sender = page.declared.sender
    return with_declared(
        [_article(page, n, piece, flags, rules) for n, piece in enumerate(pieces)],
        found.said,
        found.origins,
    )


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
        removed=(*piece.leftovers, *piece.removed, *piece.elsewhere),
        origins=tuple(piece.origins),
        flags=(*flags, *dict.fromkeys(piece.flags)),
    )


def with_declared(
    articles: Sequence[Article], said: Declared, origins: tuple[tuple[str, str], ...] = ()
) -> tuple[Article, ...]:
    """The articles with what their page's metadata, feed or letter says of the first.

    The page's visible word goes first, but for a date it was guessed from; the rest fills the gaps.

    Args:
        articles: in page order.
        said: what is declared.
        origins: where each declared value stood, by field.
    """
    return tuple(
        _joined(article, said, dict(origins)) if n == 0 else article
        for n, article in enumerate(articles)
    )


def _joined(article: Article, said: Declared, origins: dict[str, str]) -> Article:
    # Whoever paid for a piece has not signed it.
    signers = tuple(name for name in said.authors if name != article.sponsorship.sponsor)
    dated = article.published is not None and article.date_basis != "guessed"
    taken = {
        "byline": not article.byline and bool(signers) and origins.get("authors"),
        "published": not dated and said.published and origins.get("published"),
        "updated": not article.updated and said.updated and origins.get("updated"),
        "canonical_url": said.canonical_url and origins.get("canonical_url"),
    }
    places = tuple((name, str(place)) for name, place in taken.items() if place)
    return replace(
        article,
        byline=article.byline or tuple(Author(name=name, raw=name) for name in signers),
        published=article.published if dated else said.published or article.published,
        updated=article.updated or said.updated,
        date_basis=article.date_basis if dated or not said.published else said.date_basis,
        canonical_url=said.canonical_url or article.canonical_url,
        flags=(*article.flags, *said.flags),
        origins=(*article.origins, *places),
    )
