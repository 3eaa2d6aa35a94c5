"""Metadata: what an HTML document declares of its article where readers do not see it."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from briefing.articles.html.declared.metadata import LONGEST, Document, Metadata
from briefing.articles.html.declared.people import people, turned
from briefing.articles.html.declared.structured_data import from_structured_data
from briefing.articles.html.declared.trails import from_trails
from briefing.articles.html.labels.hidden_disclosures import (
    in_meta,
    in_tags,
    in_title,
    in_trail,
)
from briefing.articles.vocabulary.releases import names_release
from briefing.fetching.canonical_url import canonical

_PUBLISHED = (
    "article:published_time", "datepublished", "dc.date.issued", "dc.date", "dcterms.created",
    "parsely-pub-date", "sailthru.date", "pubdate", "date",
)  # fmt: skip
#: By which names, and in which words, a page says that only subscribers get all of it.
_NOT_FREE = {
    "article:content_tier": ("locked", "metered"),
    "isaccessibleforfree": ("false", "0", "no"),
}
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")
_AUTHOR = ("author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author")
_SECTION = ("article:section", "section", "parsely-section", "sailthru.section")
_DESCRIPTION = ("og:description", "description", "twitter:description", "dc.description")
#: Where a page says what form of text it is.
_FORM = re.compile(r"(?:^|[:._-])(?:type|genre|format|section|category|document[-_]?type)$")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)")
#: A date with more words around it is part of a sentence, and not the day the page came out.
_DATE_LINE_WORDS = 8


def read_metadata(tree: Any, url: str, now: datetime) -> Metadata:
    """Read JSON-LD, then meta elements, then <time> and the address; the first to speak is kept.

    Of several articles that a page declares, only the one its title names is meant; a page that
    declares several and names none is a listing or carries others' cards, so their JSON-LD is
    passed over.

    Args:
        tree: the document.
        url: where it was found; empty when nobody knows.
        now: aware; a date ahead of it does not count.
    """
    title = " ".join((tree.findtext(".//title") or "").split())[:LONGEST]
    page = Document(tree, url, now, title, _meta(tree))
    found = Metadata()
    for each in _SOURCES:
        each(found, page)
    return found


def _from_title(found: Metadata, page: Document) -> None:
    if page.title:
        found.titles.append((page.title, "title"))


def _from_labels(found: Metadata, page: Document) -> None:
    metas = [list(meta.attrib.items()) for meta in page.tree.iter("meta")]
    said = [*map(in_meta, metas), in_title(page.title), in_trail(page.tree)]
    found.labels = (*found.labels, *dict.fromkeys(filter(None, said)))
    topics = filter(None, map(in_tags, metas))
    found.doubts = () if found.labels else tuple(dict.fromkeys(topics))


def _from_forms(found: Metadata, page: Document) -> None:
    for name, contents in page.meta.items():
        if _FORM.search(name):
            found.take("release", next(filter(names_release, contents), ""), f"meta {name}")


def _meta(tree: Any) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        names = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        for name in names.lower().split() if content else ():
            told.setdefault(name.replace("dc:", "dc."), []).append(content)
    return told


def _from_meta(found: Metadata, page: Document) -> None:
    for name in _PUBLISHED:
        found.take("published", page.day(page.first(name)), f"meta {name}")
    for name in _UPDATED:
        found.take("updated", page.day(page.first(name)), f"meta {name}")
    for name in _AUTHOR:
        said = page.meta.get(name, [])
        said = [*map(turned, said)] if name.startswith("dc.") else said
        found.take("authors", people(said), f"meta {name}")
    for name in _SECTION:
        found.take("section", page.first(name), f"meta {name}")
    for name in _DESCRIPTION:
        found.take("description", page.first(name), f"meta {name}")
    for name in ("og:title", "twitter:title"):
        found.take("headline", page.first(name), f"meta {name}")
        found.titles += [(title, f"meta {name}") for title in filter(None, [page.first(name)])]
    found.take("publisher", page.first("og:site_name"), "meta og:site_name")
    found.site = page.first("og:site_name") or page.first("application-name")
    found.picture = (page.first("og:image"), page.first("og:image:alt"))
    if any(page.first(name).casefold() in said for name, said in _NOT_FREE.items()):
        found.is_free = False
    found.take("canonical_url", canonical(page.first("og:url")), "meta og:url")


def _from_links(found: Metadata, page: Document) -> None:
    for link in page.tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            address = canonical(urljoin(page.url, link.get("href") or ""))
            # What the document itself calls canonical goes before what its cards say.
            if address:
                found.canonical_url, found.origins["canonical_url"] = address, "link canonical"
            return


def _from_time(found: Metadata, page: Document) -> None:
    for time in page.tree.iter("time"):
        said = f"{time.get('itemprop') or ''} {time.get('class') or ''} {time.get('pubdate') or ''}"
        is_published = "publish" in said.lower() or time.get("pubdate") is not None
        if _is_sentence(time):
            continue
        if is_published or any(part.tag == "article" for part in time.iterancestors()):
            found.take("published", page.day(time.get("datetime")), "time")
            return


def _from_address(found: Metadata, page: Document) -> None:
    """The day in the address, where nothing else tells it."""
    if found.published is not None:
        found.date_basis = "declared"
        return
    url = page.url or found.canonical_url
    match = _IN_ADDRESS.search(urlsplit(url).path) if url else None
    if match is None:
        return
    try:
        found.published = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return
    found.date_basis, found.origins["published"] = "url", "the address"


#: What is asked for metadata, the most trusted first: the first to speak of a field is kept.
_SOURCES: tuple[Callable[[Metadata, Document], None], ...] = (
    from_structured_data,
    _from_meta,
    _from_title,
    from_trails,  # behind the titles, which tell the page's own step
    _from_labels,
    _from_forms,
    _from_links,  # what the document itself calls canonical goes before what its cards say
    _from_time,
    _from_address,  # last: it says on what the day rests
)


def _is_sentence(time: Any) -> bool:
    """It stands in running text."""
    box = next((part for part in time.iterancestors() if part.tag in ("p", "li", "td", "dd")), None)
    if box is None:
        return False
    others = len(box.text_content().split()) - len(time.text_content().split())
    return others > _DATE_LINE_WORDS
