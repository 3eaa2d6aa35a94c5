"""Turns: whose letter is next, within the pace."""

import asyncio
import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from briefing.model.delivery import Addressee
from briefing.sends.clerk import Clerk
from briefing.sends.ledger import Ledger
from briefing.sends.pace import Pace

#: Readers fetched from the ledger at a time.
_PAGE = 500


@dataclass(slots=True)
class Turns:
    """Gives out readers, each once; calls come from one event loop."""

    ledger: Ledger
    clock: Callable[[], float]
    pace: Pace
    clerk: Clerk | None = None
    _ready: deque[Addressee] = field(default_factory=deque)
    #: Readers whose domain must wait: when, in which order, who.
    _later: list[tuple[float, int, Addressee]] = field(default_factory=list)
    #: Readers handed out or waiting, so that no page brings them a second time.
    _taken: set[int] = field(default_factory=set)
    _last: int = 0
    _ended: bool = False
    _fetching: asyncio.Lock = field(default_factory=asyncio.Lock)

    def end(self) -> None:
        self._ended = True

    def give_back(self, turn: Addressee) -> None:
        """Let another connection have it."""
        self._ready.appendleft(turn)

    def leaves(self, turn: Addressee) -> None:
        """Count a letter against the limits."""
        self.pace.note(_domain(turn), self.clock())

    def done(self, turn: Addressee) -> None:
        self._taken.discard(turn.reader.id)

    async def now(self) -> Addressee | None:
        """The next reader if there is one at hand whose letter may leave at once."""
        if self._ended:
            return None
        now = self.clock()
        if self.pace.relay_wait(now) > 0:
            return None
        if self._later and self._later[0][0] <= now:
            return heapq.heappop(self._later)[2]
        while self._ready:
            turn = self._ready.popleft()
            wait = self.pace.wait(_domain(turn), now)
            if wait <= 0:
                return turn
            heapq.heappush(self._later, (now + wait, turn.reader.id, turn))
        return None

    async def next(self) -> Addressee | None:
        """The next reader, when it is time; None when nobody is left that is due."""
        while not self._ended:
            turn = await self.now()
            if turn is not None:
                return turn
            if self._ready or self._later:
                await asyncio.sleep(self._pause())
            elif not await self._fetch():
                return None
        return None

    def _pause(self) -> float:
        """Until the next letter may leave, but never deaf for long."""
        now = self.clock()
        waits = [self.pace.relay_wait(now)]
        if not self._ready and self._later:
            waits.append(self._later[0][0] - now)
        return min(max(*waits, 0.001), 1.0)

    async def _fetch(self) -> bool:
        """Read a page of the ledger; False when nothing is due."""
        assert self.clerk is not None
        async with self._fetching:
            if self._ready or self._later:
                return True
            page = await self.clerk.ask(self.ledger.pending, self._last, _PAGE)
            if page:
                self._last = page[-1].reader.id
            else:
                page = await self.clerk.ask(self.ledger.due, self.clock(), _PAGE)
            fresh = [turn for turn in page if turn.reader.id not in self._taken]
            self._taken.update(turn.reader.id for turn in fresh)
            self._ready.extend(fresh)
            return bool(fresh)


def _domain(turn: Addressee) -> str:
    return turn.reader.email.rpartition("@")[2]
