"""A second opinion on the body of an HTML page: where the readers differ, somebody should look."""

from collections.abc import Sequence
from dataclasses import replace

from briefing.articles.text.fingerprint import words_of
from briefing.model.article import Article, Paragraph, Removed

#: The other reader knows one piece of a page: the one with this share of words in common.
_SAME_PIECE = 0.5
#: Losing more than this share of the words is worth a look (research: a third of all complaints).
_MUCH = 0.3
_REASON = "outside the article's body"


def compared(articles: Sequence[Article], body: Sequence[str]) -> tuple[Article, ...]:
    """The pieces of a page held against the paragraphs another reader takes for its body.

    What stands before its first and behind its last paragraph is no part of the piece: a menu, a
    comment, a card. Between them ours stay, because extractors lose lists and quotations. Pieces it
    does not know, such as an advert behind the article, stay as they are.
    """
    known = " ".join(_folded(text) for text in body)
    if not known:
        return tuple(articles)
    shares = [_share(article, known) for article in articles]
    if max(shares) < _SAME_PIECE:
        return tuple(_flagged(article, _differ(1.0)) for article in articles)
    place = shares.index(max(shares))
    marked = list(articles)
    marked[place] = _flag_lost(_trimmed(articles[place], known), articles, body)
    return tuple(marked)


def _trimmed(article: Article, known: str) -> Article:
    inside = [_folded(part.text) in known for part in article.paragraphs]
    first, last = inside.index(True), len(inside) - inside[::-1].index(True)
    outside = (*article.paragraphs[:first], *article.paragraphs[last:])
    if not outside:
        return article
    return replace(
        article,
        paragraphs=article.paragraphs[first:last],
        removed=(*article.removed, *(Removed(text=part.text, reason=_REASON) for part in outside)),
    )


def _flag_lost(article: Article, articles: Sequence[Article], body: Sequence[str]) -> Article:
    """Flag the piece when ours lacks much of what the other reader has."""
    ours = " ".join(_folded(text) for one in articles for text in _texts(one))
    lost = sum(_length(text) for text in body if _folded(text) not in ours)
    share = lost / max(1, sum(map(_length, body)))
    return _flagged(article, _differ(share)) if share > _MUCH else article


def _differ(share: float) -> str:
    return f"two readers of the page differ over {share:.0%} of its text; compare it with the page"


def _flagged(article: Article, flag: str) -> Article:
    return replace(article, flags=(*article.flags, flag))


def _share(article: Article, known: str) -> float:
    inside = sum(_length(part.text) for part in article.paragraphs if _folded(part.text) in known)
    return inside / max(1, sum(_length(part.text) for part in article.paragraphs))


def _texts(article: Article) -> list[str]:
    parts: tuple[Paragraph, ...] = article.paragraphs
    return [article.headline, article.standfirst or "", *article.captions, *(p.text for p in parts)]


def _folded(text: str) -> str:
    return f" {' '.join(words_of(text))} "


def _length(text: str) -> int:
    return len(words_of(text))
