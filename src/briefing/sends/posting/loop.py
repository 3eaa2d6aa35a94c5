"""Posting: from the ledger's open deliveries to letters on the wire, and back into the ledger.

Several loops work side by side, each with one connection. A loop takes a reader, has the
intent committed, posts the letter, and hands in the outcome with its next intent. When the process dies,
only letters whose intent is committed and whose outcome is not are in doubt: at most one a connection.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from briefing.errors import StoreError, TransportError
from briefing.model.delivery import Addressee, Delivery, Outcome, State
from briefing.sends.letters.signing_pool import SigningPool
from briefing.sends.posting.connection_loop import ConnectionLoop
from briefing.sends.posting.group_commit import GroupCommit, OnTheWire
from briefing.sends.posting.in_doubt import Doubts
from briefing.sends.posting.ledger_port import LedgerPort, Meanwhile
from briefing.sends.posting.queue import SendQueue, domain_of
from briefing.sends.posting.rate_limit import RateLimiter
from briefing.sends.posting.refusal_watch import Refusals
from briefing.sends.posting.retry_settings import PostingSettings
from briefing.sends.resolvers import NoResolver, Resolver
from briefing.sends.transports.base import Connection, Transport

#: How often a connection is tried to be opened, and the first wait between, in seconds.
_OPENINGS, _OPENING_WAIT = 5, 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """How a run of the loop ended."""

    #: Why it stopped before the last letter; None when nothing is left that is due.
    stopped: str | None = None
    #: True when the mailing should be paused: no letter will get through until somebody acts.
    refused: bool = False


class Posting:
    """One run over the open deliveries of one mailing."""

    def __init__(  # noqa: PLR0913 - one argument for each part it joins
        self,
        ledger: LedgerPort,
        transport: Transport,
        pool: SigningPool,
        settings: PostingSettings,
        *,
        began: float,
        clock: Callable[[], float],
        limiter: RateLimiter | None = None,
        resolver: Resolver | None = None,
        alive: tuple[float, Callable[[], None]] | None = None,
        began_well: bool = False,
        meanwhile: Meanwhile | None = None,
        among_others: bool = False,
        tell: Callable[[Delivery], None] = lambda _: None,
        trace: OnTheWire | None = None,
    ) -> None:
        """Join the parts.

        Args:
            ledger: what is open, and where outcomes are kept.
            transport: the way out.
            pool: write the letters.
            settings: what happens to letters that do not get through.
            began: when the mailing began, in seconds since 1970.
            clock: seconds since 1970.
            limiter: the limits; none when left out.
            resolver: knows what became of letters in doubt; nobody when left out.
            alive: called every so many seconds as long as letters leave.
            began_well: the relay took letters of this mailing before.
            tell: called with each outcome, for progress.
            meanwhile: as in `GroupCommit`, and as in `SendQueue`.
            among_others: as in `GroupCommit`.
            trace: as in `GroupCommit`.
        """
        self._ledger, self._transport, self.pool = ledger, transport, pool
        self._settings, self._began, self._clock = settings, began, clock
        self.tell, self._alive = tell, alive
        self._commits = partial(
            GroupCommit,
            ledger,
            clock,
            transport.connections,
            trace,
            meanwhile,
            among_others=among_others,
        )
        self._doubts = Doubts(
            resolver=resolver or NoResolver(),
            ledger=ledger,
            message_id=pool.message_id,
            on_doubt=settings.on_doubt,
            clock=clock,
        )
        limits, settled = limiter or RateLimiter(), self._doubts.settled
        self.queue = SendQueue(ledger, clock, limits, settled, meanwhile)
        self._result = Posted()
        self._refusals = Refusals(ledger, clock, began_well)
        self._opened = 0  # connections that were had since all loops began

    def stop(self, why: str, *, refused: bool = False) -> None:
        """Let the letters on the wire finish and take no more."""
        if self._result.stopped is None:
            self._result = Posted(stopped=why, refused=refused)
        self.queue.end()

    def rest(self) -> None:
        """Let the letters on the wire finish; what is left is for another run."""
        self.queue.end()

    async def run(self) -> Posted:
        """Post everything that is due.

        Raises:
            StoreError: when the ledger cannot be written; no letter has left unrecorded then.
            SendError: when a letter cannot be written at all.
        """
        async with self.pool, self._commits() as commit:
            with self._giving_signs_of_life():
                await self._carry_all(commit)
                # A relay that takes few connections: some gave theirs back when nobody was left to take it.
                while self.queue.is_waiting and self._result.stopped is None:
                    await self._carry_all(commit)
        why = self._refusals.end(paused=self._result.refused)
        if why is not None and self._result.stopped is None:
            self.stop(why, refused=True)
        return self._result

    async def _carry_all(self, commit: GroupCommit) -> None:
        self._opened = 0
        loops = (ConnectionLoop(self, commit) for _ in range(self._transport.connections))
        work = [asyncio.create_task(loop.work()) for loop in loops]
        # When one fails, the others still finish the letter they are at.
        faults = await asyncio.gather(*work, return_exceptions=True)
        await self.queue.fetched()
        for fault in faults:
            if isinstance(fault, BaseException):
                raise fault

    @contextmanager
    def _giving_signs_of_life(self) -> Iterator[None]:
        async def give(every: float, sign: Callable[[], None]) -> None:
            while True:
                await asyncio.sleep(every)
                try:
                    sign()
                except StoreError as error:
                    # What it holds may be others' by now: the ledger grants it no letter then.
                    self.stop(str(error))

        signs = asyncio.create_task(give(*self._alive)) if self._alive else None
        try:
            yield
        finally:
            if signs is not None:
                signs.cancel()

    async def open(self) -> Connection | None:
        """A connection; None when there is none to be had."""
        last = ""
        for attempt in range(_OPENINGS):
            if attempt:
                await asyncio.sleep(_OPENING_WAIT * 2.0 ** (attempt - 1))
            try:
                connection = await self._transport.open()
            except TransportError as error:
                last = str(error)
                if error.is_throttling:
                    self.queue.limiter.turned_away(self._clock())
                if error.permanent:
                    self.stop(last, refused=True)
                    return None
            else:
                self._opened += 1
                return connection
        if not self._opened:  # fewer connections than we would like still take letters
            self.stop(last)
        return None

    def judge(self, turn: Addressee, delivery: Delivery) -> Outcome:
        """What the ledger is to keep of a try."""
        self.tell(delivery)
        self.queue.heard(turn, delivery)
        reader, state = turn.reader.id, delivery.state
        if state is State.POSTED:
            self._refusals.taken(domain_of(turn))
            return Outcome(reader=reader, delivery=delivery)
        doubtful = state is State.IN_DOUBT
        if doubtful and (patience := self._doubts.resolver.patience) is not None:
            kept, due = delivery._replace(state=State.DEFERRED), self._clock() + patience
            return Outcome(reader=reader, delivery=kept, due=due, doubtful=True)
        if doubtful and self._settings.on_doubt == "hold":
            return Outcome(reader=reader, delivery=delivery, doubtful=True)
        if state not in (State.DEFERRED, State.IN_DOUBT):
            outcome = Outcome(reader=reader, delivery=delivery)
            bounced = state is State.BOUNCED
            if bounced and (why := self._refusals.refused(outcome, domain_of(turn))) is not None:
                self.stop(why, refused=True)
            return outcome
        due = self._clock() + self._settings.wait(turn.tries + 1)
        if due > self._began + self._settings.life:
            late = f"given up after {turn.tries + 1} tries: {delivery.detail}"
            kept = delivery._replace(state=State.BOUNCED, detail=late)
            return Outcome(reader=reader, delivery=kept, doubtful=doubtful)
        kept = delivery._replace(state=State.DEFERRED)
        return Outcome(reader=reader, delivery=kept, due=due, doubtful=doubtful)
