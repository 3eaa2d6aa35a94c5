"""The send queue: whose letter is next, within the limits of rate."""

import asyncio
import heapq
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from briefing.errors import StoreError
from briefing.model.delivery import Addressee, Delivery
from briefing.sends.posting.ledger_port import LedgerPort, Meanwhile
from briefing.sends.posting.rate_limit import RateLimiter

#: Readers fetched from the ledger at a time.
_PAGE = 500
#: Readers at hand below which the next page is fetched, where letters may leave meanwhile.
_FEW = 250
#: Seconds for which a ledger that had nothing due is not asked again: at the end every connection asks.
_EMPTY_FOR = 0.05


@dataclass(slots=True)
class SendQueue:
    """Gives out readers, each once; calls come from one event loop."""

    ledger: LedgerPort
    clock: Callable[[], float]
    limiter: RateLimiter
    #: Of letters that are due again, those that are still to be tried.
    settled: Callable[[list[Addressee]], list[Addressee]] = list
    #: Reads a page in the ledger's place while the loop goes on.
    meanwhile: Meanwhile | None = None
    _ready: deque[Addressee] = field(default_factory=deque)
    #: Readers whose domain must wait: when, in which order, who.
    _later: list[tuple[float, int, Addressee]] = field(default_factory=list)
    #: Readers handed out or waiting, so that no page brings them a second time.
    _taken: set[int] = field(default_factory=set)
    #: Readers whose letter must wait for another day: until when, why, and who.
    _put_off: dict[tuple[float, str], list[int]] = field(default_factory=dict)
    _last: int = 0
    #: The page that is on its way, and whether the last of these was empty.
    _coming: "asyncio.Task[None] | None" = None
    _is_last: bool = False
    #: When the ledger last had nothing due, by the machine's own clock.
    _empty_at: float = float("-inf")
    _began: float = field(init=False)
    _ended: bool = False

    def __post_init__(self) -> None:
        self._began = self.clock()

    def end(self) -> None:
        self._ended = True

    @property
    def has_ended(self) -> bool:
        """True when no more letters are to leave."""
        return self._ended

    @property
    def is_waiting(self) -> bool:
        """True when a turn that was given back is still to be had."""
        return bool(self._ready) and not self._ended

    def ahead(self) -> Addressee | None:
        """The reader after the one whose letter is about to leave, if that is known by now.

        Where letters are counted nobody is named ahead: a place held for long is not kept in time.
        """
        return self._at_once() if self.limiter.is_free else None

    def leaves(self, turn: Addressee) -> None:
        """The letter leaves now and counts against the limits."""
        if not self.limiter.is_free:
            self.limiter.leaves(domain_of(turn), self.clock())

    def heard(self, turn: Addressee, delivery: Delivery) -> None:
        """Let the limits heed what became of a letter."""
        if not self.limiter.is_free:
            self.limiter.heard(domain_of(turn), delivery, self.clock())

    def stays(self, turn: Addressee) -> None:
        """The letter does not leave, and its reader is out of the matter."""
        self.limiter.release(domain_of(turn), self.clock())
        self.done(turn)

    def give_back(self, turn: Addressee) -> None:
        """Let another connection have it."""
        self.limiter.release(domain_of(turn), self.clock())
        self._ready.appendleft(turn)

    def done(self, turn: Addressee) -> None:
        """The reader may come up again when the letter is due once more."""
        self._taken.discard(turn.reader.id)

    def now(self) -> Addressee | None:
        """The next reader if there is one at hand whose letter may leave at once."""
        if self.limiter.is_free:
            return self._at_once()
        now = self.clock()
        if self._ended or self.limiter.relay_wait(now) > 0:
            return None
        while self._later and self._later[0][0] <= now:
            self._ready.appendleft(heapq.heappop(self._later)[2])
        while self._ready:
            turn = self._ready.popleft()
            domain = domain_of(turn)
            if (closed := self.limiter.closed(domain, now)) is not None:
                self._put_off.setdefault(closed, []).append(turn.reader.id)
                continue
            wait = self.limiter.wait(domain, now)
            if wait <= 0:
                self.limiter.hold(domain, now)
                return turn
            heapq.heappush(self._later, (now + wait, turn.reader.id, turn))
        return None

    def _at_once(self) -> Addressee | None:
        if self._ended or not self._ready:
            return None
        turn = self._ready.popleft()
        ledger, goes_on = self.meanwhile, self._coming is None and not self._is_last
        if ledger is not None and goes_on and len(self._ready) < _FEW:
            self._coming = asyncio.create_task(self._fetch_ahead(ledger))
        return turn

    async def next(self) -> Addressee | None:
        """The next reader, when it is time; None when nobody is left that is due."""
        while not self._ended:
            turn = self.now()
            if turn is not None:
                return turn
            if self._ready or self._later:
                await asyncio.sleep(self._pause())
            elif self._coming is not None:
                await self.fetched()
            elif not self._fetch():
                return None
        return None

    async def fetched(self) -> None:
        """Wait for the page that is on its way, if one is: what it brings is held for us."""
        if self._coming is not None:
            await asyncio.wait([self._coming])

    async def _fetch_ahead(self, ledger: Meanwhile) -> None:
        self._is_last = True
        try:
            # What goes wrong is said when nobody is at hand any more and the ledger is asked again.
            with suppress(StoreError):
                page = await ledger.pending_meanwhile(self._last, _PAGE)
                self._keep(page)
                self._is_last = not page
        finally:
            self._coming = None

    def _pause(self) -> float:
        """Until the next letter may leave, but never deaf for long."""
        now = self.clock()
        waits = [self.limiter.relay_wait(now)]
        if not self._ready and self._later:
            waits.append(self._later[0][0] - now)
        return min(max(*waits, 0.001), 1.0)

    def _fetch(self) -> bool:
        """Read a page of the ledger; False when nothing is due."""
        for (until, why), readers in self._put_off.items():
            self.ledger.put_off(readers, until, why)
            self._taken.difference_update(readers)
        if not self._put_off and time.monotonic() - self._empty_at < _EMPTY_FOR:
            return False
        self._put_off.clear()
        page = self.ledger.pending(self._last, _PAGE)
        self._is_last = not page
        # Only what was due when we began: what is refused now waits for the next run.
        found = self._keep(page) if page else self._line_up(self._due())
        if not found:
            self._empty_at = time.monotonic()
        return found

    def _keep(self, page: list[Addressee]) -> bool:
        """Take a page of letters that were never tried; False when nobody of it is new."""
        if page:
            self._last = page[-1].reader.id
        return self._line_up(page)

    def _line_up(self, page: list[Addressee]) -> bool:
        fresh = [turn for turn in page if turn.reader.id not in self._taken]
        self._taken.update(turn.reader.id for turn in fresh)
        self._ready.extend(fresh)
        return bool(fresh)

    def _due(self) -> list[Addressee]:
        """A page of what is to be tried again; what turned out to be settled is not part of it."""
        while due := self.ledger.due(self._began, _PAGE):
            if again := self.settled(due):
                return again
        return []


def domain_of(turn: Addressee) -> str:
    """The domain of a reader's address."""
    return turn.reader.email.rpartition("@")[2]
