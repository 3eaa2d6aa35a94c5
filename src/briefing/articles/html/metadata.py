"""Metadata: what an HTML document declares of its article where readers do not see it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from briefing.articles.text.feed_dates import read_date
from briefing.fetching.canonical_url import canonical

_ARTICLE = re.compile(r"(?:Article|Posting|Report)$")
_PUBLISHED = (
    "article:published_time", "datepublished", "dc.date.issued", "dc.date", "dcterms.created",
    "parsely-pub-date", "sailthru.date", "pubdate", "date",
)  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")
_AUTHOR = ("author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)")
#: A person's name: two to five words that begin with a capital; no address, no section.
_NAME = re.compile(
    r"^[^\W\d_a-z][\w’'.-]*(?: (?:[^\W\d_a-z][\w’'.-]*|de|da|di|van|von|der|den|la|ap)){1,4}$"
)
_LONGEST, _MOST_AUTHORS = 300, 6


@dataclass(slots=True)
class Metadata:
    """What was found, each with where it stood."""

    headline: str = ""
    authors: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    #: As in `Article.date_basis`.
    date_basis: str = "none"
    canonical_url: str = ""
    origins: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, value: object, where: str) -> None:
        """Keep the first value of a field."""
        if value and not getattr(self, name):
            setattr(self, name, value)
            self.origins[name] = where


def read_metadata(tree: Any, url: str, now: datetime) -> Metadata:
    """Read JSON-LD, then meta elements, then <time> and the address; the first to speak is kept.

    A page that declares several articles is a listing or carries others' cards: nobody can tell
    which of them is meant, so their JSON-LD is passed over.

    Args:
        tree: the document.
        url: where it was found; empty when nobody knows.
        now: aware; a date ahead of it is none.
    """
    found = Metadata()
    _from_structured_data(found, tree, url, now)
    _from_meta(found, tree, now)
    _from_links(found, tree, url)
    _from_time(found, tree, now)
    if found.published is not None:
        found.date_basis = "declared"
    else:
        _from_address(found, url or found.canonical_url)
    return found


def _from_structured_data(found: Metadata, tree: Any, url: str, now: datetime) -> None:
    articles = list(_articles(tree))
    if len({str(each.get("headline", "")) for each in articles}) != 1:
        return
    told, where = articles[0], "JSON-LD"
    found.take("headline", _line(told.get("headline")), where)
    found.take("published", _day(told.get("datePublished"), now), where)
    found.take("updated", _day(told.get("dateModified"), now), where)
    found.take("authors", _people(told.get("author")), where)
    page = told.get("mainEntityOfPage")
    address = told.get("url") or (page.get("@id") if isinstance(page, dict) else page)
    if isinstance(address, str):
        found.take("canonical_url", canonical(urljoin(url, address)), where)


def _articles(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for part in _objects(data, depth=0):
            kinds = part.get("@type", "")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(_ARTICLE.search(str(kind)) for kind in kinds):
                yield part


def _objects(data: object, depth: int) -> Iterator[dict[str, Any]]:
    """The document's own objects: those in lists and in @graph, not the parts of other objects."""
    if isinstance(data, dict):
        yield data
        data = data.get("@graph", [])
    if isinstance(data, list) and depth < 3:  # noqa: PLR2004 - a list of graphs at most
        for part in data:
            yield from _objects(part, depth + 1)


def _from_meta(found: Metadata, tree: Any, now: datetime) -> None:
    told: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        content = (meta.get("content") or "").strip()
        if name and content:
            told.setdefault(name, []).append(content)
    for name in _PUBLISHED:
        found.take("published", _day(next(iter(told.get(name, [])), ""), now), f"meta {name}")
    for name in _UPDATED:
        found.take("updated", _day(next(iter(told.get(name, [])), ""), now), f"meta {name}")
    for name in _AUTHOR:
        found.take("authors", _people(told.get(name, [])), f"meta {name}")
    found.take("headline", _line(next(iter(told.get("og:title", [])), "")), "meta og:title")
    found.take("canonical_url", canonical(next(iter(told.get("og:url", [])), "")), "meta og:url")


def _from_links(found: Metadata, tree: Any, url: str) -> None:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            address = canonical(urljoin(url, link.get("href") or ""))
            # What the document itself calls canonical goes before what its cards say.
            if address:
                found.canonical_url, found.origins["canonical_url"] = address, "link canonical"
            return


def _from_time(found: Metadata, tree: Any, now: datetime) -> None:
    for time in tree.iter("time"):
        said = f"{time.get('itemprop') or ''} {time.get('class') or ''} {time.get('pubdate') or ''}"
        is_published = "publish" in said.lower() or time.get("pubdate") is not None
        if is_published or any(part.tag == "article" for part in time.iterancestors()):
            found.take("published", _day(time.get("datetime"), now), "time")
            return


def _from_address(found: Metadata, url: str) -> None:
    match = _IN_ADDRESS.search(urlsplit(url).path) if url else None
    if match is None:
        return
    try:
        found.published = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return
    found.date_basis, found.origins["published"] = "url", "the address"


def _day(written: object, now: datetime) -> date | None:
    read = read_date(str(written or "")[:_LONGEST], now)
    return read.moment.date() if read.moment and read.basis != "guessed" else None


def _people(written: object) -> tuple[str, ...]:
    """The persons among what stands as authors; sections, addresses and houses are none."""
    parts = written if isinstance(written, list) else [written]
    names = [part.get("name") if isinstance(part, dict) else part for part in parts]
    split = [
        name
        for written_name in names
        if isinstance(written_name, str)
        for name in re.split(r"\s*(?:,|;| and | & )\s*", written_name.strip()[:_LONGEST])
    ]
    people = [re.sub(r"^[Bb]y ", "", name) for name in split]
    return tuple(dict.fromkeys(filter(_NAME.fullmatch, people)))[:_MOST_AUTHORS]


def _line(written: object) -> str:
    return " ".join(written.split())[:_LONGEST] if isinstance(written, str) else ""
