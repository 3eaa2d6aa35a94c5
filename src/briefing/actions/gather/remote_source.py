"""A source that is asked for over the network, while it is being read."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from briefing.actions.gather.conditional_fetch import ConditionalFetch, as_fetched
from briefing.articles.feeds.feed import Feed, FeedEntry, declared, entry_page, read_feed
from briefing.articles.feeds.oddities import oddities
from briefing.articles.feeds.seen_entries import Candidate, Chosen, Limits, choose
from briefing.articles.files.web_page import check_page, web_page
from briefing.articles.text.fingerprint import fingerprint
from briefing.config import FeedSource, UrlsSource
from briefing.errors import SourceError
from briefing.fetching.canonical_url import canonical
from briefing.fetching.fetcher import Fetched
from briefing.model.network.hub_subscription import Offer
from briefing.model.page import Page
from briefing.model.source_record import Copy, Seen
from briefing.sandbox.pool import Workers

T = TypeVar("T")


_SUMMARY = "summary only"


@dataclass
class RemoteSource(ABC):
    """First it asks for what is due, then it collects pages from what it has."""

    name: str
    #: By address.
    copies: dict[str, Copy]
    #: Gives what earlier readings saw; a feed that has not changed never asks.
    look_up: Callable[[], tuple[Seen, ...]]
    now: datetime
    #: Leave alone what has not changed since it was read last.
    only_new: bool = field(default=False, init=False)
    #: So many times `every` pass between two readings.
    pace: float = field(default=1.0, init=False)
    #: The hub that it names now; None where it was not sent again.
    offer: Offer | None = field(default=None, init=False)
    found: int = field(default=0, init=False)
    chosen: Chosen | None = field(default=None, init=False)
    pages: list[Page] = field(default_factory=list, init=False)
    #: By name, those that are kept for drafts to come.
    to_keep: dict[str, Page] = field(default_factory=dict, init=False)
    #: Addresses whose copies are to be written down.
    touched: set[str] = field(default_factory=set, init=False)
    #: Names of entries whose pages are kept in these words.
    _known: set[str] = field(default_factory=set, init=False)
    #: For their turn, and for an answer.
    _waiting: set[str] = field(default_factory=set, init=False)
    _asked: set[str] = field(default_factory=set, init=False)

    def begin(self, conditional_fetch: ConditionalFetch, workers: Workers) -> None:
        """Take what it works with."""
        self._conditional_fetch, self._workers = conditional_fetch, workers

    @abstractmethod
    async def ask(self) -> None:
        """Ask for what is due."""

    @abstractmethod
    async def collect(self) -> None:
        """Make pages of what there is."""

    @abstractmethod
    def own(self) -> Sequence[str]:
        """The addresses that config.toml names."""

    @property
    @abstractmethod
    def settings(self) -> FeedSource | UrlsSource:
        """Its table in config.toml."""

    @property
    def failures(self) -> int:
        """How often it failed in a row."""
        return max(self.copy(address).failures for address in self.own())

    def copy(self, address: str) -> Copy:
        """What is known of an address."""
        return self.copies.get(address) or Copy(source=self.name, address=address)

    def addresses(self) -> tuple[str, ...]:
        """Every address that is still of use."""
        return tuple(self.own())

    def faults(self) -> tuple[str, ...]:
        """A sentence for each of its own addresses that could not be read when it was asked last."""
        known = [self.copy(address) for address in self.own()]
        return tuple(f"{self.name}: {copy.address} {copy.fault}." for copy in known if copy.fault)

    def late(self, seconds: float) -> None:
        """Name what was still going on when the time was over."""
        fault = SourceError(
            f"was not read in the {seconds:g} seconds that all sources have together"
        )
        for address in self._waiting or {self.own()[0]}:
            self._keep(self._conditional_fetch.failed(self.copy(address), fault))
        self._waiting.clear()

    async def _renew(
        self,
        address: str,
        check: Callable[[Fetched], Awaitable[T]],
        *,
        robots: bool = False,
        led_by: str = "",
    ) -> T | None:
        if not self._conditional_fetch.is_due(self.copy(address)):
            return None
        self._waiting.add(address)
        async with self._conditional_fetch.turn(address):
            self._waiting.discard(address)
            self._asked.add(address)
            known = self.copy(address)
            copy, read = await self._conditional_fetch.renew(
                known, self.settings, check, robots=robots, led_by=led_by, pace=self.pace
            )
        self._asked.discard(address)
        self._keep(copy)
        return read

    def _keep(self, copy: Copy) -> None:
        self.copies[copy.address] = copy
        self.touched.add(copy.address)

    def _choose(self, entries: Sequence[Candidate], limits: Limits) -> Chosen:
        seen = self.look_up()
        chosen = choose(entries, seen, limits, self.now, first=not seen)
        before = {row.id: row for row in seen}
        here = [(row, before.get(row.id)) for row in chosen.seen[: len(entries)]]
        self._known = {row.name for row, old in here if old and old.kept and old.marks == row.marks}
        # Of a feed of months nothing else is held while others are read.
        new = tuple(row for row in chosen.seen if row is not before.get(row.id))
        self.chosen, self.found = replace(chosen, seen=new), chosen.found
        return self.chosen


@dataclass
class RemoteFeed(RemoteSource):
    """An RSS, Atom or JSON feed."""

    feed_settings: FeedSource
    _feed: Feed | None = field(default=None, init=False)
    _linked: list[str] = field(default_factory=list, init=False)

    @property
    def settings(self) -> FeedSource:
        """Its table in config.toml."""
        return self.feed_settings

    def own(self) -> Sequence[str]:
        """The feed's own address."""
        return (self.settings.url,)

    def addresses(self) -> tuple[str, ...]:
        """The feed, and the pages of its entries."""
        return (self.settings.url, *self._linked)

    async def ask(self) -> None:
        """Ask for the feed, and read it."""
        self._feed = await self._renew(self.settings.url, self._read)
        if self._feed:
            self.offer = Offer(hub=self._feed.hub, topic=self._feed.topic)

    async def collect(self) -> None:
        """Choose among the entries; make pages of them, and whole ones where that is allowed."""
        copy = self.copy(self.settings.url)
        if self._feed is None and self.only_new:
            return
        if self._feed is None and copy.body:
            try:
                self._feed = await self._read(as_fetched(copy))
            except SourceError as error:
                self._keep(self._conditional_fetch.failed(copy, error))
        if self._feed is None:
            self._choose((), self._limits())
        else:
            await self._take(self._feed.entries)
            self._tell_oddities(self._feed)

    def _tell_oddities(self, feed: Feed) -> None:
        copy, renamed = self.copy(self.settings.url), self.chosen.renamed if self.chosen else 0
        new = [said for said in oddities(feed, renamed) if said not in copy.note]
        if new:
            self._keep(replace(copy, note="; ".join(filter(None, (copy.note, *new)))))

    async def _take(self, entries: Sequence[FeedEntry]) -> None:
        pages = [entry_page(entry, self.name, self.now) for entry in entries]
        candidates = [
            _candidate(entry, page.name) for entry, page in zip(entries, pages, strict=True)
        ]
        chosen = self._choose(candidates, self._limits())
        pages = [replace(page, name=name) for page, name in zip(pages, chosen.names, strict=True)]
        taken = [entries[place] for place in chosen.taken]
        self.pages += [pages[place] for place in chosen.taken]
        if self.settings.full_text:
            self._linked = [entry.url for entry in taken if entry.url]
            for place, entry in enumerate(taken):
                self.pages[place] = await self._whole(entry, self.pages[place])
        self._keep_new()

    def _limits(self) -> Limits:
        return Limits(
            first_run=self.settings.first_run, days=self.settings.days, most=self.settings.most
        )

    def _keep_new(self) -> None:
        """Keep the pages of entries that are new or have other words; whole ones may come at any time."""
        known = set[str]() if self.settings.full_text else self._known
        self.to_keep = {page.name: page for page in self.pages if page.name not in known}

    async def _read(self, found: Fetched) -> Feed:
        return await read_feed(found, self._workers, self.now)

    async def _whole(self, entry: FeedEntry, summary: Page) -> Page:
        """The page of an entry as its publisher prints it; the feed's own text while it fails."""
        copy = self.copy(entry.url)
        changed = entry.updated.moment.timestamp() if entry.updated.moment else 0.0
        if not entry.url:
            return summary
        if not copy.body or changed > copy.whole_at:
            await self._renew(entry.url, checked, robots=True, led_by=self.settings.url)
        copy, said = self.copy(entry.url), declared(entry)
        if not copy.body:
            flags = (
                *(flag for flag in said.flags if flag != _SUMMARY),
                f"{_SUMMARY}: {copy.fault}",
            )
            return replace(summary, declared=replace(said, flags=flags)) if copy.fault else summary
        flags = tuple(flag for flag in said.flags if flag != _SUMMARY)
        whole = web_page(as_fetched(copy), self.name, replace(said, flags=flags))
        # One name for both, so that what editors changed stays with the story.
        return replace(whole, name=summary.name)


def _candidate(entry: FeedEntry, name: str) -> Candidate:
    return Candidate(
        name=name,
        headline=entry.title,
        guid=entry.guid,
        url=canonical(entry.url),
        marks=fingerprint(entry.text) if entry.text.strip() else "",
        moment=entry.moment,
    )


async def checked(found: Fetched) -> None:
    """Refuse what is not a page."""
    check_page(found)
