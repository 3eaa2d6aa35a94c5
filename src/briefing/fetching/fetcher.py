"""The fetcher: the only module that asks the network for pages.

It goes out with an honest name, asks no address that the guard has not vetted, follows five
redirects, each vetted again, and stops at a size and at a time, however slowly the bytes come.
"""

import asyncio
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import TracebackType
from typing import Self

import httpcore2
import httpx2
from protego import Protego

from briefing.errors import SourceError
from briefing.fetching.address_guard import AddressGuard, Resolve, look_up
from briefing.fetching.allowlist import NOWHERE, Allowed
from briefing.fetching.body_limits import read_body
from briefing.fetching.http_errors import refusal
from briefing.fetching.transport import GuardedTransport

#: The name that robots.txt may speak to.
AGENT = "briefing"
REDIRECTS = 5
_MOVED, _MOVED_FOR_GOOD = frozenset({301, 302, 303, 307, 308}), frozenset({301, 308})
_NOT_MODIFIED = 304
_ACCEPT = "text/html, application/rss+xml, application/atom+xml, application/feed+json, */*;q=0.5"
_PORTS = {"http": 80, "https": 443}
_ROBOTS_SIZE = 512 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How the desk goes out."""

    #: Who asks, and whom to write to about it.
    user_agent: str
    allowed: Allowed = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One address to be read, and what is known of it from before."""

    url: str
    #: Seconds on the clock, from the look-up of the name to the last byte.
    seconds: float = 20
    #: Bytes after decompression.
    largest: int = 5 * 1024 * 1024
    etag: str = ""
    last_modified: str = ""
    #: Ask robots.txt first (RFC 9309): for pages, which nobody publishes for programs as such.
    robots: bool = False
    #: The address of the source that led here, if it is another: a stranger's feed or page may name
    #: any address, and must not lead to hosts of our own that only ops may name.
    led_by: str = ""
    #: Sent as a form, by POST; by GET when empty.
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What an address answered."""

    #: Where it came from in the end.
    url: str
    body: bytes = b""
    #: The header as sent, its charset included.
    content_type: str = ""
    #: As sent, to be sent back next time.
    etag: str = ""
    last_modified: str = ""
    #: It has not changed since the copy that the validators are of; there is no body.
    unchanged: bool = False
    #: Where it has moved for good, if every redirect on the way said so.
    moved: str = ""
    #: What its Link headers name as rel=hub and rel=self (W3C WebSub section 4); absolute, or empty.
    hub: str = ""
    topic: str = ""

    @property
    def media_type(self) -> str:
        """The kind of content alone: `text/html`."""
        return self.content_type.partition(";")[0].strip().lower()


@dataclass
class Fetcher:
    """Reads addresses. Open it with `async with`."""

    reach: Reach
    #: Names → addresses; the system's resolver but for tests.
    resolve: Resolve = look_up
    _robots: dict[str, "asyncio.Task[Protego | None]"] = field(default_factory=dict, init=False)

    async def __aenter__(self) -> Self:
        self._guard = AddressGuard(self.reach.allowed, self.resolve)
        # Two, because an open connection is used again, and nobody would vet that again.
        self._own, self._strangers = (
            _client(self._guard),
            _client(AddressGuard(NOWHERE, self.resolve)),
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for task in self._robots.values():
            task.cancel()
        await self._own.aclose()
        await self._strangers.aclose()

    async def get(self, ask: Ask) -> Fetched:
        """Read an address.

        Raises:
            SourceError: with what went wrong, worded to follow the address.
        """
        try:
            async with asyncio.timeout(ask.seconds):
                return await self._follow(ask)
        except TimeoutError as error:
            raise SourceError(
                f"took longer than {ask.seconds:g} s; it is tried again later"
            ) from error
        except ssl.SSLError as error:
            raise SourceError(f"has no valid certificate: {error.reason or error}") from error
        except (httpcore2.ConnectError, OSError) as error:
            raise SourceError(f"cannot be reached: {_words(error)}") from error
        except httpcore2.RemoteProtocolError as error:
            raise SourceError(f"broke off, or speaks no HTTP: {_words(error)}") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise SourceError(f"broke off: {_words(error)}") from error

    async def _follow(self, ask: Ask) -> Fetched:
        url, for_good, way = _checked(ask.url), True, list[str]()
        source = _checked(ask.led_by) if ask.led_by else url
        is_own = self._guard.is_own(source.host, source.port or _PORTS[source.scheme])
        while True:
            # What config.toml names may be asked where ops allow its network; nobody it leads to.
            is_named = not ask.led_by and not way
            client = self._own if is_own or is_named else self._strangers
            if str(url) in way or len(way) > REDIRECTS:
                kind = "in a circle" if str(url) in way else f"more than {REDIRECTS} times"
                shown = " → ".join([*way, str(url)][:3])
                raise SourceError(
                    f"redirects {kind} ({shown}); open it in a browser and correct it"
                )
            way.append(str(url))
            if ask.robots:
                await self._heed_robots(url, ask)
            request = client.build_request(
                "POST" if ask.form else "GET",
                url,
                headers=self._headers(ask),
                content=ask.form.encode() or None,
            )
            answer = await client.send(request, stream=True)
            try:
                target = answer.headers.get("location")
                if answer.status_code not in _MOVED or not target:
                    moved = str(url) if for_good and len(way) > 1 else ""
                    return await _read(answer, ask, moved)
                for_good = for_good and answer.status_code in _MOVED_FOR_GOOD
                url = _joined(url, target)
            finally:
                await answer.aclose()

    def _headers(self, ask: Ask) -> Mapping[str, str]:
        headers = {
            "User-Agent": self.reach.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
        }
        # Both, word for word as they were sent: some servers heed only one of them.
        headers |= {"If-None-Match": ask.etag} if ask.etag else {}
        headers |= {"If-Modified-Since": ask.last_modified} if ask.last_modified else {}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if ask.form else {}
        return headers

    async def _heed_robots(self, url: httpx2.URL, ask: Ask) -> None:
        origin = str(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        if origin not in self._robots:
            self._robots[origin] = asyncio.create_task(self._rules(origin, ask))
        rules = await asyncio.shield(self._robots[origin])
        if rules is None:
            raise SourceError(
                f"was not asked, because {origin} cannot be read, and until it can nothing may be "
                "asked there (RFC 9309)"
            )
        if not rules.can_fetch(str(url), AGENT):
            raise SourceError(
                f"is closed to programs by {origin}; save the page by hand, or ask its publisher"
            )

    async def _rules(self, origin: str, ask: Ask) -> Protego | None:
        """The site's rules; none forbid anything where there is no such file, None while it fails."""
        led_by = ask.led_by or ask.url
        try:
            found = await self.get(
                Ask(url=origin, seconds=ask.seconds, largest=_ROBOTS_SIZE, led_by=led_by)
            )
        except SourceError as error:
            return Protego.parse("") if error.absent else None
        return Protego.parse(found.body.decode("utf-8", errors="replace"))


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities that this machine trusts: a process reads them once, which takes longer than most pages."""
    return ssl.create_default_context()


def _client(guard: AddressGuard) -> httpx2.AsyncClient:
    pool = httpcore2.AsyncConnectionPool(ssl_context=_trusted(), network_backend=guard)
    return httpx2.AsyncClient(
        transport=GuardedTransport(pool), trust_env=False, follow_redirects=False, timeout=None
    )


async def _read(answer: httpx2.Response, ask: Ask, moved: str) -> Fetched:
    found = Fetched(
        url=str(answer.url),
        content_type=answer.headers.get("content-type", ""),
        etag=answer.headers.get("etag", ""),
        last_modified=answer.headers.get("last-modified", ""),
        moved=moved,
        hub=_linked(answer, "hub"),
        topic=_linked(answer, "self"),
    )
    if answer.status_code == _NOT_MODIFIED and (ask.etag or ask.last_modified):
        return replace(found, unchanged=True)
    if not answer.is_success:
        raise refusal(answer.status_code, answer.headers)
    encoding = answer.headers.get("content-encoding", "")
    try:
        return replace(found, body=await read_body(answer.aiter_raw(), encoding, ask.largest))
    except SourceError as error:
        raise SourceError(str(error), status=answer.status_code) from error


def _linked(answer: httpx2.Response, rel: str) -> str:
    """Where a Link header of this relation leads (RFC 8288)."""
    try:
        target = answer.links.get(rel, {}).get("url", "")
        return str(_checked(str(answer.url.join(target)))) if target else ""
    except (SourceError, httpx2.InvalidURL, ValueError):
        return ""


def _joined(url: httpx2.URL, target: str) -> httpx2.URL:
    try:
        return _checked(str(url.join(target)))
    except httpx2.InvalidURL as error:
        raise SourceError(f"redirects to {target[:200]!r}, which is not an address") from error


def _checked(written: str) -> httpx2.URL:
    """An address that may be asked at all, before its name is looked up."""
    try:
        url = httpx2.URL(written)
    except httpx2.InvalidURL as error:
        raise SourceError(f"{written[:200]!r} is not an address: {error}") from error
    if url.scheme not in ("http", "https"):
        raise SourceError(f"{written[:200]!r} is neither http nor https; nothing was asked of it")
    if url.userinfo:
        raise SourceError(f"names a user before {url.host!r}; leave it out of the address")
    if not url.host:
        raise SourceError(f"{written[:200]!r} names no host")
    return url.copy_with(fragment=None)


def _words(error: BaseException) -> str:
    """What the system said, where it is behind what a library makes of it ("All connection attempts failed")."""
    found: BaseException | None = error
    while found is not None:
        number = found.errno if isinstance(found, OSError) else None
        if number is not None and number > 0:
            return os.strerror(number)
        found = found.__cause__ or found.__context__
    return str(error) or type(error).__name__
