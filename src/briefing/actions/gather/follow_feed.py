"""Following: from the address of a site, or another reader's list, to tables for config.toml."""

import asyncio
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.actions.gather.read_sources import reach
from briefing.articles.feeds.discovery import linked_feeds, usual_feeds
from briefing.articles.feeds.feed import Feed, read_feed
from briefing.articles.feeds.opml import Outline, read_opml, write_opml
from briefing.clock import utc_now
from briefing.config import Config, FeedSource
from briefing.errors import SourceError
from briefing.fetching.fetcher import Ask, Fetched, Fetcher
from briefing.sandbox.pool import Workers

_SECONDS = 15
_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A feed that can be followed."""

    url: str
    title: str
    entries: int
    #: The newest headlines.
    headlines: tuple[str, ...]
    #: The table to paste into config.toml.
    table: str


def find_feeds(config: Config, address: str) -> tuple[Found, ...]:
    """The feeds of a site: the address itself, those it names, else where sites mostly keep theirs.

    Raises:
        SourceError: when it cannot be read, or has no feed that anybody could find.
    """
    url = address if "://" in address else f"https://{address}"
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        feeds = runner.run(_find(config, url))
    if not feeds:
        raise SourceError(
            f"{url} names no feed, and none is where sites mostly keep theirs. Ask its publisher, or "
            'follow single pages with kind = "urls".'
        )
    taken = set(config.sources)
    return tuple(_found(url, feed, taken) for url, feed in feeds)


async def _find(config: Config, url: str) -> list[tuple[str, Feed]]:
    async with Fetcher(reach(config)) as fetcher, Workers(at_once=1) as workers:
        try:
            page = await fetcher.get(Ask(url=url, seconds=_SECONDS))
        except SourceError as error:
            raise SourceError(f"{url}: {error}.") from error
        own = await _feed(page, workers)
        if own is not None:
            return [(url, own)]
        linked = [
            Ask(url=one, seconds=_SECONDS, led_by=url) for one in linked_feeds(page.body, page.url)
        ]
        usual = (Ask(url=one, seconds=_SECONDS, led_by=url) for one in usual_feeds(page.url))
        return await _first(fetcher, workers, linked, most=5) or await _first(
            fetcher, workers, usual, most=1
        )


async def _first(
    fetcher: Fetcher, workers: Workers, asks: Iterable[Ask], *, most: int
) -> list[tuple[str, Feed]]:
    found: list[tuple[str, Feed]] = []
    for ask in asks:
        try:
            feed = await _feed(await fetcher.get(ask), workers)
        except SourceError:
            continue
        if feed is not None:
            found.append((ask.url, feed))
        if len(found) == most:
            break
    return found


async def _feed(page: Fetched, workers: Workers) -> Feed | None:
    try:
        return await read_feed(page, workers, utc_now())
    except SourceError:
        return None


def _found(url: str, feed: Feed, taken: set[str]) -> Found:
    return Found(
        url=url,
        title=feed.title,
        entries=len(feed.entries),
        headlines=tuple(entry.title for entry in feed.entries[:3] if entry.title),
        table=_table(feed.title or url, url, taken),
    )


def import_opml(config: Config, path: Path) -> tuple[str, ...]:
    """Tables for the feeds of a list that are not followed yet.

    Raises:
        SourceError: when the file cannot be read, or is not OPML.
    """
    try:
        feeds = read_opml(path.read_bytes())
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}. Correct its name.") from error
    except SourceError as error:
        raise SourceError(f"{path} {error}.") from error
    taken, followed = set(config.sources), {feed.url for _, feed in _followed(config)}
    return tuple(_table(feed.title, feed.url, taken) for feed in feeds if feed.url not in followed)


def export_opml(config: Config) -> str:
    """Every feed of config.toml as a list for other readers."""
    feeds = (Outline(title=name, url=feed.url) for name, feed in _followed(config))
    return write_opml(feeds, config.site.name, utc_now())


def _followed(config: Config) -> Iterator[tuple[str, FeedSource]]:
    for name, source in config.sources.items():
        if isinstance(source, FeedSource):
            yield name, source


def _table(title: str, url: str, taken: set[str]) -> str:
    """The table of a feed, under a name that no other source has."""
    bare = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:_NAME].strip("_") or "feed"
    name = next(name for name in _names(bare) if name not in taken)
    taken.add(name)
    # A JSON string is a TOML string too.
    return f'[sources.{name}]\nkind = "feed"\nurl  = {json.dumps(url)}\n'


def _names(bare: str) -> Iterator[str]:
    yield bare
    number = 1
    while True:
        number += 1
        yield f"{bare}_{number}"
