"""Throw bytes at the three readers of strangers' pages until one of them breaks.

`python -m tests.faults.fuzz text --seconds 60` lets atheris look for bytes that crash a reader, keep it
for more than 10 seconds or let it swell beyond 512 MB; `make fuzz` does so for text, html and feed.
What it finds is written to build/fuzz and named at the end. A refused page is not a crash.
"""

import argparse
import logging
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["briefing", "feedparser", "trafilatura"]):
    import trafilatura  # noqa: F401 - imported here to be instrumented; its home imports it late

    from briefing.articles.feeds.parse_feed import read_feed
    from briefing.articles.split_page import split_page
from briefing.errors import PageRefused
from briefing.model.page import Page

ROOT = Path(__file__).parents[2]
SECONDS, MEGABYTES = 10, 512
HTML = (
    b"<!doctype html><html><head><title>Harle</title><meta property='article:published_time' "
    b"content='2026-11-20T08:00:00Z'><script type='application/ld+json'>{\"@type\":\"NewsArticle\"}"
    b"</script></head><body><nav>Home</nav><article><h1>Harle warms up</h1><p>By Mara Quill</p>"
    b"<p>The council voted on Tuesday.</p><aside>Sponsored by <img alt='Harrow'></aside></article></body>"
)
FEEDS = (
    b"<?xml version='1.0'?><rss version='2.0'><channel><title>Post</title><item><title>A</title>"
    b"<link>http://post.example/a</link><guid>1</guid><pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate>"
    b"<description>&lt;p&gt;Text&lt;/p&gt;</description></item></channel></rss>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><entry><id>1</id><title>A</title>"
    b"<updated>2026-11-20T08:00:00Z</updated><content type='html'>Text</content></entry></feed>",
    b'{"version":"https://jsonfeed.org/version/1.1","title":"Post","items":[{"id":"1","title":"A",'
    b'"url":"http://post.example/a","content_html":"<p>Text</p>","date_published":"2026-11-20"}]}',
)


def _split(body: bytes, media_type: str) -> None:
    try:
        split_page(Page(name="page", body=body, media_type=media_type))
    except PageRefused:
        return


def text(body: bytes) -> None:
    """The splitter on a text page."""
    _split(body, "text/plain")


def html(body: bytes) -> None:
    """The splitter on an HTML page."""
    _split(body, "text/html")


def feed(body: bytes) -> None:
    """The reader of feeds."""
    read_feed(body, {"url": "http://post.example/feed", "type": ""})


def seeds(name: str) -> list[bytes]:
    """Bytes to begin with."""
    if name == "feed":
        return list(FEEDS)
    pages = [path.read_bytes() for path in sorted((ROOT / "seeds").glob("*.txt"))]
    return [*pages, HTML] if name == "text" else [HTML]


READERS: dict[str, Callable[[bytes], None]] = {"text": text, "html": html, "feed": feed}


def main() -> None:
    """Fuzz one reader; ends with a code other than 0 when something was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("reader", choices=sorted(READERS))
    parser.add_argument("--seconds", type=int, default=60)
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    found = ROOT / "build" / "fuzz"
    found.mkdir(parents=True, exist_ok=True)
    corpus = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for place, body in enumerate(seeds(asked.reader)):
        (corpus / str(place)).write_bytes(body)
    options = [
        f"-max_total_time={asked.seconds}",
        f"-timeout={SECONDS}",
        f"-rss_limit_mb={MEGABYTES}",
        "-max_len=20000",
        f"-artifact_prefix={found}/{asked.reader}-",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], READERS[asked.reader])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
