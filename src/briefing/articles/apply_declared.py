"""What the carrier of a page declares, joined to the article that was read from it."""

from collections.abc import Sequence
from dataclasses import replace

from briefing.model.article import Article, Author
from briefing.model.page import Declared


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
    dated = article.published is not None and article.date_basis != "guessed"
    taken = {
        "byline": not article.byline and bool(said.authors) and origins.get("authors"),
        "published": not dated and said.published and origins.get("published"),
        "updated": not article.updated and said.updated and origins.get("updated"),
        "canonical_url": said.canonical_url and origins.get("canonical_url"),
    }
    places = tuple((name, str(place)) for name, place in taken.items() if place)
    return replace(
        article,
        byline=article.byline or tuple(Author(name=name, raw=name) for name in said.authors),
        published=article.published if dated else said.published or article.published,
        updated=article.updated or said.updated,
        date_basis=article.date_basis if dated or not said.published else said.date_basis,
        canonical_url=said.canonical_url or article.canonical_url,
        flags=(*article.flags, *said.flags),
        origins=(*article.origins, *places),
    )
