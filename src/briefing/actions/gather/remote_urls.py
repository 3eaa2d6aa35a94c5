"""A list of addresses while it is being read, and which kind of source is read how."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from briefing.actions.gather.conditional_fetch import as_fetched
from briefing.actions.gather.remote_source import RemoteFeed, RemoteSource, checked
from briefing.articles.feeds.seen_entries import Candidate, Limits
from briefing.articles.files.web_page import web_page
from briefing.config import FeedSource, UrlsSource
from briefing.fetching.canonical_url import canonical
from briefing.model.source_record import Copy, Seen

#: Addresses of one source: its publisher's server has other readers too.
_SIDE_BY_SIDE = 2


@dataclass
class RemoteUrls(RemoteSource):
    """A list of addresses."""

    urls_settings: UrlsSource

    @property
    def settings(self) -> UrlsSource:
        """Its table in config.toml."""
        return self.urls_settings

    def own(self) -> Sequence[str]:
        """Every address of the list."""
        return tuple(dict.fromkeys(self.settings.urls))

    async def ask(self) -> None:
        """Ask for each page that is due, a few side by side."""
        turns = asyncio.Semaphore(_SIDE_BY_SIDE)

        async def one(address: str) -> None:
            async with turns:
                await self._renew(address, checked, robots=True)

        await asyncio.gather(*(one(address) for address in self.own()))

    async def collect(self) -> None:
        """Make a page of every address that ever gave one."""
        if self.only_new and not self.touched:
            return
        good = [copy for copy in map(self.copy, self.own()) if copy.body]
        pages = [web_page(as_fetched(copy), self.name) for copy in good]
        entries = [
            Candidate(guid=copy.address, url=canonical(copy.url), name=page.name)
            for copy, page in zip(good, pages, strict=True)
        ]
        chosen = self._choose(entries, Limits(first_run=self.settings.first_run))
        self.found = len(self.own())
        names = chosen.names
        self.pages += [replace(pages[at], name=names[at]) for at in sorted(chosen.taken)]


def remote(
    name: str,
    settings: FeedSource | UrlsSource,
    copies: Sequence[Copy],
    look_up: Callable[[], tuple[Seen, ...]],
    now: datetime,
) -> RemoteSource:
    """A source of its kind, with what is known of it."""
    known = {copy.address: copy for copy in copies}
    if isinstance(settings, FeedSource):
        return RemoteFeed(name, known, look_up, now, settings)
    return RemoteUrls(name, known, look_up, now, settings)
