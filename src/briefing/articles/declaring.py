"""What the carrier of a page declares, joined to the article that was read from it."""

from collections.abc import Sequence
from dataclasses import replace

from briefing.model.article import Article, Author
from briefing.model.page import Declared


def with_declared(articles: Sequence[Article], said: Declared) -> tuple[Article, ...]:
    """The articles with what their page's feed or letter says of the first.

    The page's own word goes first, but for a date it was guessed from; the carrier fills the gaps.
    """
    return tuple(
        _joined(article, said) if n == 0 else article for n, article in enumerate(articles)
    )


def _joined(article: Article, said: Declared) -> Article:
    dated = article.published is not None and article.date_basis != "guessed"
    return replace(
        article,
        byline=article.byline or tuple(Author(name=name, raw=name) for name in said.authors),
        published=article.published if dated else said.published or article.published,
        updated=article.updated or said.updated,
        date_basis=article.date_basis if dated or not said.published else said.date_basis,
        canonical_url=said.canonical_url or article.canonical_url,
        flags=(*article.flags, *said.flags),
    )
