"""Renewing: asking an address again when it is due, and keeping the last good copy whatever comes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TypeVar
from urllib.parse import urlsplit
from zlib import crc32

from briefing.config import FeedSource, UrlsSource
from briefing.errors import SourceError
from briefing.fetching.fetcher import Ask, Fetched, Fetcher
from briefing.model.source_record import Copy

T = TypeVar("T")
#: So often an address is asked for everything: some servers keep an old ETag over new content.
_WHOLE = 86_400.0
#: After a fault, doubled with each further one, up to the longest; seconds.
_FIRST_WAIT, _LONGEST_WAIT = 900.0, 6 * 3600.0
_MOST_DOUBLINGS = 10
#: So many addresses of one host are asked side by side.
_OF_ONE_HOST = 4


@dataclass(frozen=True, slots=True)
class ConditionalFetch:
    """Asks addresses and says what is known of them then."""

    fetcher: Fetcher
    #: So many addresses are asked side by side; waiting for a turn costs an address nothing.
    turns: asyncio.Semaphore
    #: Seconds since 1970.
    now: float
    #: Ask before the next try is due; what a server asked for is heeded all the same.
    at_once: bool = False
    #: Up to this part of `every` is added to it, so that feeds of one hour spread over time.
    spread: float = 0.0
    #: By host: a publisher with forty feeds is not asked for all of them at once.
    _hosts: dict[str, asyncio.Semaphore] = field(default_factory=dict, init=False)

    @asynccontextmanager
    async def turn(self, address: str) -> AsyncIterator[None]:
        """Wait until the address may be asked: a few of one host side by side, and so many of all."""
        host = urlsplit(address).hostname or ""
        async with self._hosts.setdefault(host, asyncio.Semaphore(_OF_ONE_HOST)), self.turns:
            yield

    def is_due(self, copy: Copy) -> bool:
        """True when the address may be asked now."""
        return copy.quiet_until <= self.now and (self.at_once or copy.next_try <= self.now)

    async def renew(
        self,
        copy: Copy,
        source: FeedSource | UrlsSource,
        check: Callable[[Fetched], Awaitable[T]],
        *,
        robots: bool = False,
        led_by: str = "",
        pace: float = 1.0,
    ) -> tuple[Copy, T | None]:
        """Ask an address.

        Args:
            copy: what is known of it.
            source: its limits.
            check: reads the answer; its refusal makes the answer a fault, and the old copy stays.
            robots: see `Ask`.
            led_by: see `Ask`.
            pace: so many times `every` pass before the next try.

        Returns:
            What is known now, and what was read, if there is anything new.
        """
        stale = not copy.body or self.now - copy.whole_at >= _WHOLE
        ask = Ask(
            url=copy.address,
            seconds=source.seconds,
            largest=source.kilobytes * 1024,
            etag="" if stale else copy.etag,
            last_modified="" if stale else copy.last_modified,
            robots=robots,
            led_by=led_by,
        )
        try:
            found = await self.fetcher.get(ask)
            read = None if found.unchanged else await check(found)
        except SourceError as error:
            return self.failed(copy, error), None
        return self._good(copy, found, source.every * 60.0 * pace), read

    def failed(self, copy: Copy, error: SourceError) -> Copy:
        """What is known of an address after it failed."""
        doublings = min(copy.failures, _MOST_DOUBLINGS)
        wait = min(_FIRST_WAIT * 2**doublings, _LONGEST_WAIT)
        return replace(
            copy,
            failures=copy.failures + 1,
            fault=str(error),
            next_try=self.now + max(wait, error.wait or 0.0),
            quiet_until=self.now + error.wait if error.wait else copy.quiet_until,
        )

    def _good(self, copy: Copy, found: Fetched, every: float) -> Copy:
        note = (
            f"has moved for good to {found.moved}; write that into config.toml"
            if found.moved
            else ""
        )
        kept = replace(
            copy,
            good_at=self.now,
            next_try=self.now + every * (1 + self.spread * _part_of(copy.address)),
            failures=0,
            fault="",
            note=note,
        )
        if found.unchanged:
            return kept
        return replace(
            kept,
            body=found.body,
            content_type=found.content_type,
            url=found.url,
            etag=found.etag,
            last_modified=found.last_modified,
            whole_at=self.now,
        )


def _part_of(address: str) -> float:
    """A number from 0 to 1 that an address always has."""
    return crc32(address.encode()) / 0xFFFFFFFF


def as_fetched(copy: Copy) -> Fetched:
    """The last good copy as it came."""
    return Fetched(url=copy.url, body=copy.body, content_type=copy.content_type)
