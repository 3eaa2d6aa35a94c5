"""Bytes → what a feed says, as plain values: RSS and Atom by feedparser, JSON Feed by ourselves.

Only ever called in a confined process: see `confined_jobs`.
"""

import codecs
import html
import io
import json
import re
import warnings
from calendar import timegm
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import feedparser
from feedparser.namespaces import mediarss

#: More entries than this are not looked at.
MOST = 1000
#: Words; many feeds carry the article where its summary belongs.
_WHOLE = 200
_TAG = re.compile(r"<[^<>]{0,2000}>")
#: A tag and its end.
_PAIRED = re.compile(
    r"<([a-z][a-z0-9]{0,9})(?:\s[^<>]{0,300})?>[^\0]{0,20000}?</\1\s*>", re.IGNORECASE
)
_JSON = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*[{\[]")
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{1,200})", re.IGNORECASE)


def _start_media_description(self: Any, _: object) -> None:
    self.push("media_description", 1)


def _end_media_description(self: Any) -> None:
    self.pop("media_description")


# It describes the picture (Media RSS 1.5.1), and feedparser 6.0 puts it where the article's own
# description is. Kept apart, it is the text of entries that have no other.
mediarss.Namespace._start_media_description = _start_media_description  # noqa: SLF001
mediarss.Namespace._end_media_description = _end_media_description  # noqa: SLF001


def read_feed(body: bytes, told: Mapping[str, str]) -> Mapping[str, object]:
    """Read a feed.

    Args:
        body: as it came.
        told: `url`, against which links are resolved, and `type`, the Content-Type header.

    Returns:
        `title`, `link`, `warning` and `entries`; or `fault`, worded to follow the address.
    """
    if not body.strip():
        return {"fault": "answers with nothing at all; look at it in a browser"}
    if _JSON.match(body):
        return _json_feed(body)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Bytes in a stream, and nothing else: text that is a path or an address would be opened.
        kind = _xml_type(body, told.get("type", ""))
        headers = {"content-type": kind, "content-location": told.get("url", "")}
        try:
            found = feedparser.parse(
                io.BytesIO(body), response_headers=headers, sanitize_html=False
            )
        except ValueError as error:  # a namespace with spaces in its name, for one
            return {"fault": _damaged(error)}
    if not found.entries and not found.version:
        return {"fault": _no_feed(body, told.get("type", ""))}
    language = found.feed.get("language") or ""
    return {
        "title": _plain(found.feed.get("title", "")),
        "link": found.feed.get("link", ""),
        "hub": _related(found.feed, "hub"),
        "topic": _related(found.feed, "self"),
        "language": language,
        "warning": _plain(str(found.get("bozo_exception", "")))[:200] if found.bozo else "",
        "left_out": max(0, len(found.entries) - MOST),
        "entries": [
            _entry(entry, found.version, language) for entry in _newest(found.entries, _moment)
        ],
    }


def _xml_type(body: bytes, told: str) -> str:
    """The Content-Type by which the encoding is found.

    A byte order mark says more than the header, and text/xml is no more ASCII than application/xml is
    (RFC 7303 sections 3 and 9.2); feedparser has both by the rules of before 2014.
    """
    kind, _, parameters = told.lower().partition(";")
    is_silent = "charset" not in parameters and "xml" in kind and kind.strip().startswith("text/")
    return "application/xml" if is_silent or body.startswith(_MARKS) else told


def _related(feed: Any, rel: str) -> str:
    """Where a link of the feed itself leads, such as its hub (W3C WebSub section 4)."""
    links = (link for link in feed.get("links", []) if rel in str(link.get("rel", "")).split())
    return next((str(link["href"]) for link in links if link.get("href")), "")


def _newest(entries: list[Any], moment: Callable[[Any], str]) -> list[Any]:
    """As many as are looked at, in the feed's order; some feeds put the newest last."""
    if len(entries) <= MOST:
        return entries
    places = sorted(range(len(entries)), key=lambda place: moment(entries[place]), reverse=True)
    return [entries[place] for place in sorted(places[:MOST])]


def _moment(entry: Any) -> str:
    return _date(entry, "published")[1] or _date(entry, "updated")[1]


def _item_moment(item: dict[str, object]) -> str:
    return _text(item, "date_published") or _text(item, "date_modified")


def _damaged(error: ValueError) -> str:
    return f"is a feed too damaged to be read ({str(error)[:100]}); look at it in a browser"


def _no_feed(body: bytes, content_type: str) -> str:
    title = _TITLE.search(body)
    if title or b"<html" in body[:2000].lower():
        named = (
            f" named {html.unescape(title[1].decode(errors='replace')).strip()!r}" if title else ""
        )
        return (
            f"answers with a web page{named} and not with a feed; "
            "`briefing sources add ADDRESS` looks for the feed of a site"
        )
    return f"answers with {content_type or 'something'!r} that is not a feed"


def _entry(entry: Any, version: str, language: str) -> dict[str, object]:
    content, whole = _content(entry)
    published, updated = _dates(entry, version)
    return {
        "guid": str(entry.get("id", "")),
        "url": _link(entry, language),
        "title": _plain(str(entry.get("title", ""))),
        "html": content,
        "whole": whole,
        "authors": _authors(entry),
        "categories": [
            str(tag.get("term") or tag.get("label") or "") for tag in entry.get("tags", [])
        ],
        "published": published,
        "updated": updated,
    }


def _authors(entry: Any) -> list[str]:
    """Names as written; a single one by the whole element, which feedparser may cut amiss."""
    names = [str(author.get("name", "")) for author in entry.get("authors", [])]
    if len(names) > 1:
        return names
    if entry.get("author"):
        return [str(entry["author"])]
    # An entry of another feed without an author has that feed's (RFC 4287 section 4.2.1).
    source = entry.get("source") or {}
    return [str(author.get("name", "")) for author in source.get("authors", [])]


def _link(entry: Any, language: str) -> str:
    """The page of an entry; of pages in several languages the one in the feed's, else the first."""
    pages = [
        link
        for link in entry.get("links", [])
        if link.get("rel") == "alternate" and link.get("hreflang") and link.get("href")
    ]
    if not pages:
        return str(entry.get("link", ""))
    tags = [str(link["hreflang"]).lower() for link in pages]
    wanted = language.lower()
    same = [n for n, tag in enumerate(tags) if tag == wanted]
    close = [n for n, tag in enumerate(tags) if tag.partition("-")[0] == wanted.partition("-")[0]]
    return str(pages[(*same, *close, 0)[0]]["href"])


def _content(entry: Any) -> tuple[str, bool]:
    """The longest of what an entry holds as HTML, and whether it is more than a summary."""
    parts: list[tuple[dict[str, object], bool]]
    parts = [(part, True) for part in entry.get("content", [])]
    parts += [(entry["summary_detail"], False)] if "summary_detail" in entry else []
    none = {"value": entry.get("media_description", ""), "type": "text/plain"}, False
    best, whole = max(parts, key=lambda part: len(str(part[0].get("value", ""))), default=none)
    text = str(best.get("value", ""))
    bare = _once_more(text)
    marked = _paragraphs(text) if best.get("type") == "text/plain" and bare == text else bare
    return marked, whole or len(_plain(marked).split()) >= _WHOLE


def _once_more(text: str) -> str:
    """Text whose markup was escaped once too often, as many a feed's is; any other as it is."""
    inner = "" if _TAG.search(text) else html.unescape(text)
    return inner if _PAIRED.search(inner) else text


def _dates(entry: Any, version: str) -> tuple[list[str], list[str]]:
    """Publication and change, each as written and as feedparser understands it."""
    published, updated = (_date(entry, name) for name in ("published", "updated"))
    if not published[0]:
        published = _date(entry, "created")
    if not published[0] and version.startswith("rss"):
        # Dublin Core's only date is that of publication there; feedparser takes it for a change.
        published, updated = updated, ["", ""]
    return published, updated


def _date(entry: Any, name: str) -> list[str]:
    # Not entry.get, which answers with another date where this one is missing.
    parsed = dict.get(entry, f"{name}_parsed")
    moment = ""
    if parsed:
        try:
            moment = datetime.fromtimestamp(timegm(parsed), UTC).isoformat()
        except (ValueError, OverflowError, OSError):
            moment = ""
    return [str(dict.get(entry, name) or ""), moment]


def _json_feed(body: bytes) -> Mapping[str, object]:
    """Read a JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    try:
        feed = json.loads(body)
    except ValueError as error:
        return {"fault": f"answers with broken JSON: {error}"}
    if not isinstance(feed, dict) or "jsonfeed.org/version/" not in str(feed.get("version")):
        return {"fault": "answers with JSON that is not a JSON Feed"}
    items = feed.get("items")
    found = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return {
        "title": _text(feed, "title"),
        "link": _text(feed, "home_page_url"),
        "hub": _json_hub(feed),
        "topic": _text(feed, "feed_url"),
        "language": _text(feed, "language"),
        "warning": "",
        "left_out": max(0, len(found) - MOST),
        "entries": [_item(item) for item in _newest(found, _item_moment)],
    }


def _json_hub(feed: dict[str, object]) -> str:
    """The hub of a JSON Feed that speaks WebSub (jsonfeed.org, hubs)."""
    hubs = feed.get("hubs")
    known = [hub for hub in hubs if isinstance(hub, dict)] if isinstance(hubs, list) else []
    return next((_text(hub, "url") for hub in known if _text(hub, "type") == "WebSub"), "")


def _item(item: dict[str, object]) -> dict[str, object]:
    content = _text(item, "content_html") or _paragraphs(_text(item, "content_text"))
    summary = _paragraphs(_text(item, "summary"))
    authors = item.get("authors") or [item.get("author")]
    tags = item.get("tags")
    return {
        "guid": _text(item, "id"),
        "url": _text(item, "url") or _text(item, "external_url"),
        "title": _text(item, "title"),
        "html": content or summary,
        "whole": bool(content),
        "authors": [
            _text(author, "name")
            for author in (authors if isinstance(authors, list) else [])
            if isinstance(author, dict)
        ],
        "categories": [str(tag) for tag in tags] if isinstance(tags, list) else [],
        "published": [_text(item, "date_published"), ""],
        "updated": [_text(item, "date_modified"), ""],
    }


def _text(table: dict[str, object], key: str) -> str:
    value = table.get(key)
    return str(value) if isinstance(value, (str, int, float)) else ""


def _plain(marked: str) -> str:
    """On one line, without tags and without signs that steer a terminal."""
    text = html.unescape(_TAG.sub("", _once_more(marked)))
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _paragraphs(text: str) -> str:
    blocks = re.split(r"\n\s*\n", text.strip())
    return "".join(f"<p>{html.escape(block)}</p>" for block in blocks if block.strip())
