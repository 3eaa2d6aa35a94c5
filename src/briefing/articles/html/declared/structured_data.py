"""Structured data as the first source of metadata: what the JSON-LD of a page says of its article."""

from typing import Any
from urllib.parse import urljoin

from briefing.articles.html.declared.json_ld import articles_of, kinds, objects_of
from briefing.articles.html.declared.metadata import Document, Metadata, one_line
from briefing.articles.html.declared.people import people
from briefing.articles.html.declared.titles import DATA, agree
from briefing.articles.html.labels.hidden_disclosures import in_object
from briefing.articles.vocabulary.releases import names_release
from briefing.fetching.canonical_url import canonical

#: Where structured data say what form of text it is.
_FORMS = ("@type", "genre", "additionalType", "articleSection")


def from_structured_data(found: Metadata, page: Document) -> None:
    """Read what is said of the article that the page's title names, or of its only one."""
    objects = objects_of(page.tree)
    found.types = frozenset(kind for each in objects for kind in kinds(each))
    articles = articles_of(objects)
    told = _meant(articles, (page.first("og:title"), page.title))
    # Others' cards may be paid for; where there is one article, all the data speak of it.
    speaking = objects if len(articles) < 2 else [told or {}]  # noqa: PLR2004
    found.labels = tuple(filter(None, map(in_object, speaking)))
    if told is None:
        return
    where = DATA
    if headline := one_line(told.get("headline") or told.get("name")):
        found.take("headline", headline, where)
        found.titles.append((headline, where))
    found.take("published", page.day(told.get("datePublished")), where)
    found.take("updated", page.day(told.get("dateModified")), where)
    found.take(
        "authors", people(_resolved(told.get("author") or told.get("creator"), objects)), where
    )
    found.take("section", one_line(_one(told.get("articleSection"))), where)
    body = told.get("articleBody")
    found.body = body.strip() if isinstance(body, str) else ""
    _from_publisher(found, told, objects)
    free = str(told.get("isAccessibleForFree", "")).casefold()
    found.is_free = {"false": False, "true": True}.get(free)
    main = told.get("mainEntityOfPage")
    address = told.get("url") or (main.get("@id") if isinstance(main, dict) else main)
    if isinstance(address, str):
        found.take("canonical_url", canonical(urljoin(page.url, address)), where)


def _from_publisher(found: Metadata, told: dict[str, Any], objects: list[dict[str, Any]]) -> None:
    """Which form of text it is said to be, and whose house publishes it."""
    forms = (one_line(_one(told.get(name))).rpartition("/")[2] for name in _FORMS)
    found.take("release", next(filter(names_release, forms), ""), DATA)
    publisher = _one(_resolved(told.get("publisher"), objects))
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    found.take("publisher", one_line(name), DATA)


def _meant(articles: list[dict[str, Any]], titles: tuple[str, str]) -> dict[str, Any] | None:
    """The article of a page: its only one, or of several the one that the page's title names."""
    headlines = {one_line(each.get("headline")) for each in articles}
    if len(headlines) <= 1:
        return max(articles, key=len, default=None)
    for title in filter(None, titles):
        named = [each for each in articles if agree(one_line(each.get("headline")), title)]
        if len({one_line(each.get("headline")) for each in named}) == 1:
            return max(named, key=len)
    return None


def _resolved(written: object, objects: list[dict[str, Any]]) -> object:
    """People that are named elsewhere in the data, by their @id."""
    parts = written if isinstance(written, list) else [written]
    known = {each["@id"]: each for each in objects if isinstance(each.get("@id"), str)}
    return [
        known.get(part.get("@id"), part) if isinstance(part, dict) and "name" not in part else part
        for part in parts
    ]


def _one(written: object) -> object:
    return written[0] if isinstance(written, list) and written else written
