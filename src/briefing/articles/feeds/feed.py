"""Feed → entries → pages: an entry is a page like any other, and takes the same way."""

import html
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any
from urllib.parse import urljoin

from briefing.articles.text.feed_dates import UNDATED, FeedDate, read_date
from briefing.articles.vocabulary.bylines import lone_role
from briefing.fetching.canonical_url import canonical
from briefing.fetching.fetcher import Fetched
from briefing.model.page import Declared, Page
from briefing.sandbox.pool import Workers

#: The words of an entry without a title that stand in for one.
_TITLE_WORDS = 12
_TAG = re.compile(r"<[^<>]{0,2000}>")
#: Labels are read from the raw entry, so nobody has taken scripts out of it before.
_CODE = re.compile(r"<(script|style)\b.{0,50000}?</\1\s*>", re.IGNORECASE | re.DOTALL)
#: "[Sponsor] …": how link blogs mark what somebody paid for.
_PAID_TITLE = re.compile(
    r"\[(?:sponsor(?:ed)?|ad|advert(?:isement|orial)?|promoted|paid)(?: (?:post|content))?\]",
    re.IGNORECASE,
)
_MAIL = re.compile(r"\S+@\S+")
_BETWEEN = re.compile(
    r"\s*[,;/&|]\s*(?:(?:and|und|et)\s+)?|\s+(?:and|und|et|y|e|og|och|en)\s+", re.IGNORECASE
)
_BY = re.compile(r"^(?i:by|par|von|por|di|da|door|av)\s+(?=[^\W\d_a-z])")
_NAME = re.compile(r"[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){1,4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One item of a feed."""

    guid: str
    #: Absolute, or empty.
    url: str
    title: str
    #: The longest text it holds, as HTML.
    html: str
    #: It holds the article, as far as the feed says; else a summary of it.
    whole: bool
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    published: FeedDate = UNDATED
    updated: FeedDate = UNDATED

    @property
    def moment(self) -> datetime | None:
        """When it came out, or was last changed where only that is known."""
        return self.published.moment or self.updated.moment

    @property
    def text(self) -> str:
        """Its words alone, by which it is known again."""
        return html.unescape(_TAG.sub(" ", _CODE.sub(" ", self.html)))

    @property
    def key(self) -> str:
        """Names it among the entries of its feed, as long as feed and title stay what they are."""
        named = self.guid or self.url or self.title or self.html
        return blake2b(named.encode(errors="replace"), digest_size=5).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a feed says."""

    title: str
    link: str
    language: str
    entries: tuple[FeedEntry, ...]
    #: It breaks the rules of its format, and was read all the same.
    warning: str = ""
    #: So many entries were there over the most that are looked at; the newest are `entries`.
    left_out: int = 0
    #: Who tells others of its news (W3C WebSub), and what it is called there; empty where it names nobody.
    hub: str = ""
    topic: str = ""


async def read_feed(fetched: Fetched, workers: Workers, now: datetime) -> Feed:
    """Read a feed in a confined process.

    Raises:
        SourceError: when it is not a feed, or needs more time or memory than it may.
    """
    told = {"url": fetched.url, "type": fetched.content_type}
    said: Mapping[str, Any] = await workers.do("feed", fetched.body, **told)
    hub = fetched.hub or _web_address(said["hub"])
    return Feed(
        hub=hub,
        topic=(fetched.topic or _web_address(said["topic"]) or fetched.url) if hub else "",
        title=said["title"],
        link=said["link"],
        language=said["language"],
        warning=said["warning"],
        left_out=said["left_out"],
        entries=_without_shared(
            [_entry(entry, said["link"] or fetched.url, now) for entry in said["entries"]]
        ),
    )


def _entry(said: Mapping[str, Any], base: str, now: datetime) -> FeedEntry:
    published, updated = (
        read_date(raw, now, datetime.fromisoformat(other) if other else None)
        for raw, other in (said["published"], said["updated"])
    )
    return FeedEntry(
        guid=said["guid"].strip(),
        url=_web_address(urljoin(base, said["url"]) if said["url"] else ""),
        title=said["title"],
        html=said["html"],
        whole=said["whole"],
        authors=tuple(name for written in said["authors"] for name in _names(written)),
        categories=tuple(said["categories"]),
        published=published,
        updated=updated,
    )


def _web_address(written: str) -> str:
    """An address that can be asked for; empty where it is something else."""
    url = written.strip()
    return url if url.startswith(("http://", "https://")) else ""


def _names(written: str) -> tuple[str, ...]:
    """The names out of what feeds put there: addresses, sections, jobs and broadcasters are not.

    One field may hold several, when each part of it is a name.
    """
    bare = _BY.sub("", " ".join(_MAIL.sub("", written).strip(" ()<>,").split()))
    parts = [part for part in _BETWEEN.split(bare) if part and not lone_role(part)]
    if parts and all(_NAME.fullmatch(part) for part in parts):
        return tuple(parts)
    return (bare,) if _NAME.fullmatch(bare) else ()


def _without_shared(entries: list[FeedEntry]) -> tuple[FeedEntry, ...]:
    """An id or address that several entries share names none of them.

    The id is dropped; the address gets a fragment of its own, and still leads to the page.
    """
    ids = Counter(entry.guid for entry in entries)
    places = Counter(canonical(entry.url) for entry in entries)
    found = []
    for entry in entries:
        own = replace(entry, guid=entry.guid if ids[entry.guid] == 1 else "")
        if entry.url and places[canonical(entry.url)] > 1:
            mark = replace(own, url="").key
            own = replace(own, url=f"{entry.url.partition('#')[0]}#{mark}")
        found.append(own)
    return tuple(found)


def entry_page(entry: FeedEntry, source: str, now: datetime) -> Page:
    """The page of an entry: its text as a document that declares what the feed does."""
    paid = ("Sponsored",) if _PAID_TITLE.match(entry.title) else ()
    tags = "".join(
        f'<meta name="feed:kind" content="{html.escape(tag)}">'
        for tag in (*paid, *entry.categories)
    )
    headline = html.escape(entry.title or _first_words(entry.text))
    document = (
        f"<!doctype html><html><head><title>{headline}</title>{tags}</head><body><article>"
        f"<h1>{headline}</h1>\n{entry.html}\n</article></body></html>"
    )
    return Page(
        name=f"{source}-{entry.key}",
        body=document.encode(errors="replace"),
        media_type="text/html",
        url=entry.url or None,
        source=source,
        fetched_at=now,
        declared=declared(entry),
    )


def declared(entry: FeedEntry) -> Declared:
    """What the feed says of an entry's page."""
    dates = (entry.published, entry.updated)
    flags = [date.flag for date in dates if date.flag]
    day, changed = (date.moment.date() if date.moment else None for date in dates)
    return Declared(
        headline=entry.title or None,
        authors=entry.authors,
        published=day,
        updated=changed if changed != day else None,
        date_basis=entry.published.basis,
        canonical_url=canonical(entry.url) or None,
        flags=tuple(flags if entry.whole else [*flags, "summary only"]),
    )


def _first_words(text: str) -> str:
    words = text.split()
    more = "…" if len(words) > _TITLE_WORDS else ""
    return " ".join(words[:_TITLE_WORDS]) + more
