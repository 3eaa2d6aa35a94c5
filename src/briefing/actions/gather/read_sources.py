"""Reading: from every source of a briefing to its pages, the dead ones named and left behind.

What asks the network is imported where a source asks for it: a house of saved pages never does.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from briefing.articles.feeds.seen_entries import Candidate, Chosen, Limits, choose
from briefing.articles.files.folder import read_folder
from briefing.config import Config, PagesSource
from briefing.errors import PageRefused
from briefing.fetching.allowlist import Allowed
from briefing.model.network.hub_subscription import Offer
from briefing.model.page import Page
from briefing.model.source_record import Seen
from briefing.store import Store

if TYPE_CHECKING:
    from briefing.actions.gather.remote_source import RemoteSource
    from briefing.fetching.fetcher import Reach

#: Seconds on the clock for asking all sources, and then for reading what they gave. An edition
#: waits no longer than both together, however many of them hang.
ASKING, COLLECTING = 30.0, 20.0
#: Seconds between two looks at whether it is over.
_LOOK = 0.5
#: The next try of an address that is polled is up to this part of `every` later than it could be.
_SPREAD = 0.1
#: So many times `every` pass where a hub tells us of news.
_HEARD = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSource:
    """What one source gave."""

    name: str
    pages: tuple[Page | PageRefused, ...] = ()
    #: Entries or files that were there.
    found: int = 0
    #: Those left out, counted by rule.
    dropped: tuple[tuple[str, int], ...] = ()
    #: A sentence for each thing that went wrong.
    faults: tuple[str, ...] = ()
    #: The hub that a feed names; None where it was not read again.
    offer: Offer | None = None
    #: Something was there that nobody had seen before.
    has_news: bool = False


class Stopped(Exception):
    """A reading was told to end, and has written nothing down."""


@dataclass
class SourceReader:
    """Reads sources, within limits of time."""

    config: Config
    store: Store
    now: datetime
    #: Ask each address now, due or not.
    at_once: bool = False
    asking: float = ASKING
    collecting: float = COLLECTING
    #: Polling: leave alone what has not changed, and spread the next tries.
    polls: bool = False
    #: Looked at while it waits; once it is true, everything is left as it was.
    is_over: Callable[[], bool] = lambda: False

    def read(self, names: Sequence[str]) -> tuple[ReadSource, ...]:
        """Every named source, in that order."""
        remotes = {name: self._remote(name) for name in names if self._is_remote(name)}
        if remotes:
            with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
                runner.run(self._read_remotes(list(remotes.values())))
        return tuple(
            self._kept(remotes[name]) if name in remotes else self._folder(name) for name in names
        )

    def _is_remote(self, name: str) -> bool:
        return not isinstance(self.config.sources[name], PagesSource)

    def _remote(self, name: str) -> RemoteSource:
        from briefing.actions.gather.remote_urls import remote  # noqa: PLC0415 - see above

        settings = self.config.sources[name]
        assert not isinstance(settings, PagesSource)
        sources = self.store.sources
        look_up = partial(self.store.entries.seen, name)
        return remote(name, settings, sources.copies(name), look_up, self.now)

    async def _read_remotes(self, remotes: list[RemoteSource]) -> None:
        from briefing.actions.gather.conditional_fetch import ConditionalFetch  # noqa: PLC0415
        from briefing.fetching.fetcher import Fetcher  # noqa: PLC0415
        from briefing.sandbox.pool import Workers  # noqa: PLC0415 - see above

        async with Fetcher(reach(self.config)) as fetcher, Workers() as workers:
            turns = asyncio.Semaphore(self.config.fetch.at_once)
            spread = _SPREAD if self.polls else 0.0
            now = self.now.timestamp()
            conditional_fetch = ConditionalFetch(fetcher, turns, now, self.at_once, spread)
            trusted = self.store.hubs.trusted(now) if self.polls else frozenset[str]()
            # Who failed last time waits behind those that did not.
            remotes = sorted(remotes, key=lambda one: one.failures)
            for one in remotes:
                one.begin(conditional_fetch, workers)
                one.only_new = self.polls
                one.pace = _HEARD if one.name in trusted else 1.0
            asked = [one.ask() for one in remotes]
            await _together(remotes, asked, self.asking, self.is_over)
            collected = [one.collect() for one in remotes]
            await _together(remotes, collected, self.collecting, self.is_over)

    def _kept(self, one: RemoteSource) -> ReadSource:
        """Keep what is known of a source now."""
        sources, chosen = self.store.sources, one.chosen
        sources.keep(one.copies[address] for address in one.touched)
        sources.forget(one.name, but=one.addresses())
        again: dict[str, Page] = {}
        if chosen is not None:
            entries = self.store.entries
            entries.note(one.name, chosen.seen, one.to_keep, self.now.timestamp())
            again = entries.pages(one.name, [row.name for row in chosen.again])
        return ReadSource(
            name=one.name,
            pages=(*one.pages, *again.values()),
            found=one.found,
            dropped=chosen.dropped if chosen else (),
            faults=one.faults(),
            offer=one.offer,
            has_news=chosen is not None and any(not row.id for row in chosen.seen),
        )

    def _folder(self, name: str) -> ReadSource:
        settings = self.config.sources[name]
        assert isinstance(settings, PagesSource)
        try:
            found = read_folder(self.config.path(settings.path), source=name)
        except PageRefused as refusal:
            return ReadSource(name=name, faults=(str(refusal),))
        chosen = self._choose_files(name, settings, found)
        pages = tuple(found[place] for place in sorted(chosen.taken))
        self.store.entries.note(name, chosen.seen, {}, self.now.timestamp(), whole=True)
        return ReadSource(name=name, pages=pages, found=len(found), dropped=chosen.dropped)

    def _choose_files(
        self, name: str, settings: PagesSource, found: tuple[Page | PageRefused, ...]
    ) -> Chosen:
        seen: tuple[Seen, ...] = self.store.entries.seen(name)
        files = [
            Candidate(guid=page.name, name=page.name, moment=page.fetched_at)
            if isinstance(page, Page)
            else Candidate(guid=page.page, name=page.page)
            for page in found
        ]
        limits = Limits(first_run=settings.first_run)
        return choose(files, seen, limits, self.now, first=not seen)


async def _together(
    remotes: Sequence[RemoteSource],
    work: Sequence[Coroutine[None, None, None]],
    seconds: float,
    is_over: Callable[[], bool],
) -> None:
    """Let all sources do their part side by side; who is not done in time is late.

    Raises:
        Stopped: when it is over before that.
    """
    tasks = [asyncio.create_task(part) for part in work]
    late, until = set(tasks), asyncio.get_running_loop().time() + seconds
    while late and (left := until - asyncio.get_running_loop().time()) > 0:
        _, late = await asyncio.wait(tasks, timeout=min(left, _LOOK))
        if late and is_over():
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            raise Stopped
    for one, task in zip(remotes, tasks, strict=True):
        if task in late:
            task.cancel()
            one.late(seconds)
    ends = await asyncio.gather(*tasks, return_exceptions=True)
    for end in ends:
        if isinstance(end, Exception):
            raise end


def reach(config: Config) -> Reach:
    """How this house goes out: under its name, and where config.toml lets it."""
    from briefing.fetching.fetcher import AGENT, Reach  # noqa: PLC0415 - see above

    whom = "; ".join(filter(None, (f"+{config.site.public_url}", config.fetch.contact)))
    return Reach(
        user_agent=f"{AGENT}/{version('briefing')} ({whom})",
        allowed=Allowed.parse(config.fetch.allow),
    )
