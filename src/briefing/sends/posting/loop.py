"""Posting: from the ledger's open deliveries to letters on the wire, and back into the ledger.

Several carriers work side by side, each with one connection. A carrier takes a reader, has the
intent committed, posts the letter, and hands in the outcome with its next intent. When the process dies,
only letters whose intent is committed and whose outcome is not are in doubt: at most one a connection.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial

from briefing.errors import SendError, StoreError, TransportError
from briefing.model.delivery import Addressee, Delivery, Outcome, State
from briefing.model.mail import Letter
from briefing.sends.letters.signing_pool import SigningPool
from briefing.sends.posting.group_commit import GroupCommit, OnTheWire
from briefing.sends.posting.in_doubt import Doubts
from briefing.sends.posting.ledger_port import LedgerPort, Meanwhile
from briefing.sends.posting.queue import SendQueue, domain_of
from briefing.sends.posting.rate_limit import RateLimiter
from briefing.sends.posting.refusal_watch import Refusals
from briefing.sends.posting.retry_settings import PostingSettings
from briefing.sends.resolvers import NoResolver, Resolver
from briefing.sends.transports.base import Connection, MayEnd, Transport

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
            trace: as in `GroupCommit`.
        """
        self._ledger, self._transport, self.pool = ledger, transport, pool
        self._settings, self._began, self._clock = settings, began, clock
        self.tell, self._alive = tell, alive
        self._commits = partial(GroupCommit, ledger, clock, transport.connections, trace, meanwhile)
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
        self._opened = 0  # connections that were had since all carriers began

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
        carriers = (_Carrier(self, commit) for _ in range(self._transport.connections))
        work = [asyncio.create_task(carrier.work()) for carrier in carriers]
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
        doubtful = state is State.IN_DOUBT
        if doubtful and (patience := self._doubts.resolver.patience) is not None:
            kept, due = replace(delivery, state=State.DEFERRED), self._clock() + patience
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
            kept = replace(delivery, state=State.BOUNCED, detail=late)
            return Outcome(reader=reader, delivery=kept, doubtful=doubtful)
        kept = replace(delivery, state=State.DEFERRED)
        return Outcome(reader=reader, delivery=kept, due=due, doubtful=doubtful)


class _Carrier:
    """One connection, its open outcome, and the work of taking turns."""

    def __init__(self, posting: Posting, commit: GroupCommit) -> None:
        self._posting, self._commit = posting, commit
        self._connection: Connection | None = None
        self._outcome: Outcome | None = None
        #: Whose letter follows on this connection, and the letter while it is being written.
        self._following: Addressee | None = None
        self._ahead: asyncio.Task[Letter] | Letter | None = None

    async def work(self) -> None:
        """Carry letters until no turn is left."""
        posting = self._posting
        try:
            while (turn := await self._turn()) is not None:
                if self._connection is None:
                    self._connection = await posting.open()
                if self._connection is None:
                    posting.queue.give_back(turn)
                    return
                await self._carry(self._connection, turn)
        except BaseException:
            posting.queue.end()
            raise
        finally:
            await self._leave()

    async def _turn(self) -> Addressee | None:
        turn, self._following = self._following, None
        if turn is not None:
            if not self._posting.queue.has_ended:
                return turn
            self._posting.queue.give_back(turn)
        turn = self._posting.queue.now()
        if turn is None and self._outcome is not None:
            # No reader stays in doubt while we wait for the next turn.
            await self._record(None)
        return turn or await self._posting.queue.next()

    async def _carry(self, connection: Connection, turn: Addressee) -> None:
        """One letter: the intent is kept before it ends, the outcome with the next intent."""
        posting = self._posting
        begun, self._ahead = self._ahead or posting.pool.begin(turn.reader, turn.variant), None
        letter = await begun if isinstance(begun, asyncio.Task) else begun
        granted = self._record(turn.reader.id)
        ahead = self._following = posting.queue.ahead()
        if ahead is not None:
            with suppress(SendError):  # said when it is that reader's turn
                self._ahead = posting.pool.begin(ahead.reader, ahead.variant)
        delivery = await self._post(connection, letter, granted)
        if await granted:
            posting.queue.leaves(turn)
            self._outcome = posting.judge(turn, delivery)
            posting.queue.done(turn)
            return
        posting.queue.stays(turn)
        if granted.result() is None:
            posting.stop("it was paused or aborted meanwhile")
        else:
            posting.tell(Delivery(recipient=letter.recipient, state=State.SKIPPED))

    async def _post(self, connection: Connection, letter: Letter, granted: MayEnd) -> Delivery:
        """Post; what loses the connection before the final dot is a try that failed for now."""
        try:
            delivery = await connection.post(letter, granted, self._written_ahead)
            lost = delivery.state in (State.IN_DOUBT, State.SKIPPED)
        except TransportError as error:
            if error.permanent:
                self._posting.stop(str(error), refused=True)
            delivery = Delivery(recipient=letter.recipient, state=State.DEFERRED, detail=str(error))
            lost = True
        if lost:
            self._connection = None
            await connection.close()
        return delivery

    def _written_ahead(self) -> Letter | None:
        """The letter that follows, if it is ready to be announced."""
        if not isinstance(self._ahead, asyncio.Task):
            return self._ahead
        if not self._ahead.done() or self._ahead.exception() is not None:
            return None
        return self._ahead.result()

    def _record(self, wanted: int | None) -> "asyncio.Future[bool | None]":
        outcome, self._outcome = self._outcome, None
        return self._commit.record(outcome, wanted)

    async def _leave(self) -> None:
        if isinstance(self._ahead, asyncio.Task):
            self._ahead.cancel()
        try:
            if self._outcome is not None:
                await self._record(None)
        finally:
            if self._connection is not None:
                await self._connection.close()
