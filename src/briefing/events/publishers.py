"""Publishers: who printed a piece, and which of them are one house."""

from urllib.parse import urlsplit

from briefing.model.article import Article

#: Of a domain's last label but one, so short a one is part of the ending: co.uk, com.au, or.jp.
_SHORT = 3
_COMMON = frozenset(("www", "m", "amp", "mobile", "rss", "feeds"))


def publisher_of(article: Article) -> str:
    """Who printed a piece: the publication of its byline, else the site it stands on; empty when nothing says."""
    named = next((author.publication for author in article.byline if author.publication), "")
    return named or _site(article)


def house_of(article: Article) -> str:
    """What pieces of one house have in common: the domain of its sites, else the publication's name."""
    site = _site(article)
    return _domain(site) if site else publisher_of(article).casefold()


def _site(article: Article) -> str:
    host = urlsplit(article.canonical_url or article.url or "").hostname or ""
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _COMMON:  # noqa: PLR2004 - a domain has two labels
        labels = labels[1:]
    return ".".join(labels)


def _domain(site: str) -> str:
    labels = site.split(".")
    short = len(labels) > 2 and len(labels[-1]) < _SHORT and len(labels[-2]) <= _SHORT  # noqa: PLR2004
    return ".".join(labels[-3 if short else -2 :])
