"""Saved feeds → pages: an entry in a file is a page like one that was asked for."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from briefing.articles.feeds.feed import Feed, entry_page, read_feed
from briefing.clock import utc_now
from briefing.counted import counted
from briefing.errors import PageRefused, SourceError
from briefing.fetching.fetcher import Fetched
from briefing.model.page import Page
from briefing.sandbox.pool import Workers


def saved_feeds(files: Sequence[Page]) -> tuple[tuple[Page | PageRefused, ...], ...]:
    """The entries of each feed in its order; one that cannot be read is its refusal."""
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        return runner.run(_all(files))


async def _all(files: Sequence[Page]) -> tuple[tuple[Page | PageRefused, ...], ...]:
    async with Workers() as workers:
        return tuple(await asyncio.gather(*(_entries(file, workers) for file in files)))


async def _entries(file: Page, workers: Workers) -> tuple[Page | PageRefused, ...]:
    now = utc_now()
    try:
        feed = await read_feed(Fetched(url="", body=file.body), workers, now)
    except SourceError as error:
        said = str(error).replace("answers with", "holds")
        return (PageRefused(f"{file.name}: this file {said}.", page=file.name),)
    pages = [
        replace(entry_page(entry, file.name, file.fetched_at or now), source=file.source)
        for entry in feed.entries
    ]
    return (*pages, *_not_read(file, feed))


def _not_read(file: Page, feed: Feed) -> tuple[PageRefused, ...]:
    if not feed.entries:
        return (PageRefused(f"{file.name}: this feed has no entry.", page=file.name),)
    if not feed.left_out:
        return ()
    number = len(feed.entries) + feed.left_out
    return (
        PageRefused(
            f"{file.name}: this feed has {counted(number, 'entry', 'entries')}, and the "
            f"newest {len(feed.entries):,} were read. Save the others in a second file.",
            page=file.name,
        ),
    )
