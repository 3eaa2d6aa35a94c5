"""Metadata: what an HTML document declares of its article where readers do not see it."""

import html
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from briefing.articles.html.headline import agree
from briefing.articles.html.hidden_disclosures import in_meta, in_object, in_title
from briefing.articles.html.json_ld import articles_of, kinds, objects_of
from briefing.articles.html.people import people, turned
from briefing.articles.text.feed_dates import read_date
from briefing.articles.vocabulary.releases import names_release
from briefing.fetching.canonical_url import canonical
from briefing.model.page import Declared

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
_FORMS = ("@type", "genre", "additionalType", "articleSection")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)")
_LONGEST = 300
#: A date with more words around it is part of a sentence, and not the day the page came out.
_DATE_LINE_WORDS = 8


@dataclass(slots=True)
class Metadata:
    """What was found, each with where it stood."""

    headline: str = ""
    #: Every headline that is declared, with its origin, the most trusted first.
    titles: list[tuple[str, str]] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    #: As in `Article.date_basis`.
    date_basis: str = "none"
    canonical_url: str = ""
    section: str = ""
    description: str = ""
    site: str = ""
    #: Address and description of the picture that stands for the page.
    picture: tuple[str, str] = ("", "")
    #: False when the page says that only subscribers get all of it.
    is_free: bool | None = None
    #: What the structured data, a meta element or the title says of who paid.
    labels: tuple[str, ...] = ()
    #: What names the page a press release: a type, a genre or a section that says so.
    release: str = ""
    #: The house that publishes it.
    publisher: str = ""
    #: The types of its structured data.
    types: frozenset[str] = frozenset()
    origins: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, value: object, where: str) -> None:
        """Keep the first value of a field."""
        if value and not getattr(self, name):
            setattr(self, name, value)
            self.origins[name] = where

    def declared(self) -> Declared:
        """What an article may take from it."""
        return Declared(
            authors=self.authors,
            published=self.published,
            updated=self.updated,
            date_basis=self.date_basis,
            canonical_url=self.canonical_url or None,
        )


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
    found = Metadata()
    told = _meta(tree)
    title = " ".join((tree.findtext(".//title") or "").split())[:_LONGEST]
    _from_structured_data(found, tree, (_first(told, "og:title"), title), (url, now))
    _from_meta(found, told, now)
    if title:
        found.titles.append((title, "title"))
    _labels(found, tree, title)
    for name, contents in told.items():
        if _FORM.search(name):
            found.take("release", next(filter(names_release, contents), ""), f"meta {name}")
    _from_links(found, tree, url)
    _from_time(found, tree, now)
    if found.published is not None:
        found.date_basis = "declared"
    else:
        _from_address(found, url or found.canonical_url)
    return found


def _from_structured_data(
    found: Metadata, tree: Any, titles: tuple[str, str], place: tuple[str, datetime]
) -> None:
    objects = objects_of(tree)
    found.types = frozenset(kind for each in objects for kind in kinds(each))
    articles = articles_of(objects)
    told = _meant(articles, titles)
    # Others' cards may be paid for; where there is one article, all the data speak of it.
    speaking = objects if len(articles) < 2 else [told or {}]  # noqa: PLR2004
    found.labels = tuple(filter(None, map(in_object, speaking)))
    if told is None:
        return
    (url, now), where = place, "JSON-LD"
    if headline := _line(told.get("headline") or told.get("name")):
        found.take("headline", headline, where)
        found.titles.append((headline, where))
    found.take("published", _day(told.get("datePublished"), now), where)
    found.take("updated", _day(told.get("dateModified"), now), where)
    found.take(
        "authors", people(_resolved(told.get("author") or told.get("creator"), objects)), where
    )
    found.take("section", _line(_one(told.get("articleSection"))), where)
    _from_publisher(found, told, objects)
    free = str(told.get("isAccessibleForFree", "")).casefold()
    found.is_free = {"false": False, "true": True}.get(free)
    page = told.get("mainEntityOfPage")
    address = told.get("url") or (page.get("@id") if isinstance(page, dict) else page)
    if isinstance(address, str):
        found.take("canonical_url", canonical(urljoin(url, address)), where)


def _from_publisher(found: Metadata, told: dict[str, Any], objects: list[dict[str, Any]]) -> None:
    """Which form of text it is said to be, and whose house publishes it."""
    forms = (_line(_one(told.get(name))).rpartition("/")[2] for name in _FORMS)
    found.take("release", next(filter(names_release, forms), ""), "JSON-LD")
    publisher = _one(_resolved(told.get("publisher"), objects))
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    found.take("publisher", _line(name), "JSON-LD")


def _labels(found: Metadata, tree: Any, title: str) -> None:
    said = [in_meta(list(meta.attrib.items())) for meta in tree.iter("meta")]
    found.labels = (*found.labels, *dict.fromkeys(filter(None, [*said, in_title(title)])))


def _meant(articles: list[dict[str, Any]], titles: tuple[str, str]) -> dict[str, Any] | None:
    """The article of a page: its only one, or of several the one that the page's title names."""
    headlines = {_line(each.get("headline")) for each in articles}
    if len(headlines) <= 1:
        return max(articles, key=len, default=None)
    for title in filter(None, titles):
        named = [each for each in articles if agree(_line(each.get("headline")), title)]
        if len({_line(each.get("headline")) for each in named}) == 1:
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


def _meta(tree: Any) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        names = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        for name in names.lower().split() if content else ():
            told.setdefault(name.replace("dc:", "dc."), []).append(content)
    return told


def _first(told: dict[str, list[str]], name: str) -> str:
    return _line(next(iter(told.get(name, [])), ""))


def _from_meta(found: Metadata, told: dict[str, list[str]], now: datetime) -> None:
    for name in _PUBLISHED:
        found.take("published", _day(_first(told, name), now), f"meta {name}")
    for name in _UPDATED:
        found.take("updated", _day(_first(told, name), now), f"meta {name}")
    for name in _AUTHOR:
        said = told.get(name, [])
        said = [*map(turned, said)] if name.startswith("dc.") else said
        found.take("authors", people(said), f"meta {name}")
    for name in _SECTION:
        found.take("section", _first(told, name), f"meta {name}")
    for name in _DESCRIPTION:
        found.take("description", _first(told, name), f"meta {name}")
    for name in ("og:title", "twitter:title"):
        found.take("headline", _first(told, name), f"meta {name}")
        found.titles += [(title, f"meta {name}") for title in filter(None, [_first(told, name)])]
    found.take("publisher", _first(told, "og:site_name"), "meta og:site_name")
    found.site = _first(told, "og:site_name") or _first(told, "application-name")
    found.picture = (_first(told, "og:image"), _first(told, "og:image:alt"))
    if any(_first(told, name).casefold() in said for name, said in _NOT_FREE.items()):
        found.is_free = False
    found.take("canonical_url", canonical(_first(told, "og:url")), "meta og:url")


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
        if _is_sentence(time):
            continue
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


def _is_sentence(time: Any) -> bool:
    """It stands in running text."""
    box = next((part for part in time.iterancestors() if part.tag in ("p", "li", "td", "dd")), None)
    if box is None:
        return False
    others = len(box.text_content().split()) - len(time.text_content().split())
    return others > _DATE_LINE_WORDS


def _line(written: object) -> str:
    """One line of text; what stands escaped twice in metadata is written once."""
    if not isinstance(written, str):
        return ""
    text = html.unescape(written) if "&" in written else written
    return " ".join(text.split())[:_LONGEST]
