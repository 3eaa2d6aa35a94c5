"""Discovery: where the feed of a site is."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin

#: By how often sites keep theirs there.
USUAL = ("/feed", "/rss.xml", "/feed.xml", "/rss", "/atom.xml", "/index.xml", "/feed.json")
_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "text/xml")
#: More links than this are not looked at.
_MOST = 20


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base = ""
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "base" and not self.base:
            self.base = told.get("href", "")
        is_feed = told.get("type", "").lower().partition(";")[0].strip() in _TYPES
        if tag == "link" and "alternate" in told.get("rel", "").lower().split() and is_feed:
            self.found.append(told.get("href", ""))


def linked_feeds(page: bytes, url: str) -> tuple[str, ...]:
    """The feeds that a page names in its head, in its order (`<link rel="alternate">`)."""
    reader = _Links()
    reader.feed(page.decode("utf-8", errors="replace"))
    base = urljoin(url, reader.base)
    joined = (urljoin(base, href.strip()) for href in reader.found if href.strip())
    found = dict.fromkeys(one for one in joined if one.startswith(("http://", "https://")))
    return tuple(found)[:_MOST]


def usual_feeds(url: str) -> Iterator[str]:
    """Where the feed of a site mostly is, below the address and at its root."""
    below = [url.partition("?")[0].partition("#")[0].rstrip("/") + path for path in USUAL[:2]]
    yield from dict.fromkeys([*below, *(urljoin(url, path) for path in USUAL)])
