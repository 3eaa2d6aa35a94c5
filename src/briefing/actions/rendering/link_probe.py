"""The link probe: asks what an email points at, as its readers' programs will.

An article may name any address, so no host that `[fetch] allow` opens is asked: what is not
public is refused, and that is what readers would find too.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from briefing.actions.context import Desk
from briefing.actions.gather.read_sources import reach
from briefing.emails.checks import Answer
from briefing.errors import SourceError
from briefing.fetching.allowlist import NOWHERE
from briefing.fetching.fetcher import Ask, Fetcher, Reach

#: Addresses side by side in all, and of one host, whose other readers come first.
_AT_ONCE, _OF_A_HOST = 8, 2
#: Seconds for each on the clock.
_SECONDS = 10.0
#: Bytes; a heavier answer is not read to its end.
_LARGEST = 3 * 1024 * 1024
_SUCCESS = 200


@dataclass(frozen=True, slots=True)
class FetcherProbe:
    """Asks through the guarded fetcher: public addresses only, within limits of size and time.

    robots.txt is not asked: it speaks to crawlers (RFC 9309, section 1), and this is one request
    for each link, when an editor asks for it.
    """

    reach: Reach

    def ask(self, addresses: Iterable[str]) -> Mapping[str, Answer]:
        """What each address answers."""
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            return runner.run(self._ask(list(dict.fromkeys(addresses))))

    async def _ask(self, addresses: list[str]) -> dict[str, Answer]:
        in_all = asyncio.Semaphore(_AT_ONCE)
        of_host: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(_OF_A_HOST)
        )

        async def one(address: str) -> Answer:
            async with of_host[_host(address)], in_all:
                return await _answer(fetcher, address)

        async with Fetcher(self.reach) as fetcher:
            answers = await asyncio.gather(*map(one, addresses))
        return dict(zip(addresses, answers, strict=True))


def link_probe(desk: Desk) -> FetcherProbe:
    """The probe of a house: under its name, and to public addresses alone."""
    return FetcherProbe(replace(reach(desk.config), allowed=NOWHERE))


async def _answer(fetcher: Fetcher, address: str) -> Answer:
    try:
        found = await fetcher.get(Ask(url=address, seconds=_SECONDS, largest=_LARGEST))
    except SourceError as error:
        # The second half of its sentence says what becomes of a source.
        problem, _, _ = str(error).partition(";")
        size = _LARGEST if error.status == _SUCCESS else None
        return Answer(status=error.status, size=size, problem=problem)
    return Answer(status=_SUCCESS, size=len(found.body))


def _host(address: str) -> str:
    return address.split("/", 3)[2].lower() if address.count("/") > 1 else address
