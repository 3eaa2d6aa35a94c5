"""One connection, and the letters that leave over it one after the other."""

import asyncio
from collections import deque
from typing import TYPE_CHECKING

from briefing.errors import SendError, TransportError
from briefing.model.delivery import Addressee, Delivery, Outcome, State
from briefing.model.mail import Letter
from briefing.sends.posting.group_commit import GroupCommit
from briefing.sends.transports.base import Connection, MayEnd

if TYPE_CHECKING:
    from briefing.sends.posting.loop import Posting


class ConnectionLoop:
    """One connection, its open outcome, and the work of taking turns."""

    def __init__(self, posting: "Posting", commit: GroupCommit) -> None:
        self._posting, self._commit = posting, commit
        self._connection: Connection | None = None
        self._outcome: Outcome | None = None
        #: Whose letters follow on this connection, and each while it is being written: None where that
        #: cannot be, which is said when it is that reader's turn.
        self._following: deque[tuple[Addressee, asyncio.Task[Letter] | Letter | None]] = deque()

    async def work(self) -> None:
        """Carry letters until no turn is left."""
        posting = self._posting
        try:
            while (turn := await self._turn()) is not None:
                if self._connection is None:
                    turn = self._begun(*turn)
                    self._connection = await posting.open()
                if self._connection is None:
                    self._give_back()
                    self._return(*turn)
                    return
                await self._carry(self._connection, *turn)
        except BaseException:
            posting.queue.end()
            raise
        finally:
            await self._leave()

    async def _turn(self) -> "tuple[Addressee, asyncio.Task[Letter] | Letter | None] | None":
        """Whose letter is next, and the letter if it was begun before."""
        if self._posting.queue.has_ended:
            self._give_back()
        if self._following:
            return self._following.popleft()
        turn = self._posting.queue.now()
        if turn is None and self._outcome is not None:
            # No reader stays in doubt while we wait for the next turn.
            await self._record(None)
        turn = turn or await self._posting.queue.next()
        return None if turn is None else (turn, None)

    def _give_back(self) -> None:
        """Let other connections have the letters that would follow."""
        while self._following:
            self._return(*self._following.pop())

    def _return(self, turn: Addressee, begun: "asyncio.Task[Letter] | Letter | None") -> None:
        if isinstance(begun, asyncio.Task):
            begun.cancel()
        self._posting.queue.give_back(turn)

    def _begun(
        self, turn: Addressee, begun: "asyncio.Task[Letter] | Letter | None"
    ) -> "tuple[Addressee, asyncio.Task[Letter] | Letter]":
        """The letter, which others may sign while its connection is opened."""
        return turn, begun or self._posting.pool.begin(turn.reader, turn.variant)

    def _look_ahead(self) -> None:
        """Have the next letters written while this one is on the wire."""
        pool, queue = self._posting.pool, self._posting.queue
        while len(self._following) < pool.ahead and (turn := queue.ahead()) is not None:
            try:
                begun = pool.begin(turn.reader, turn.variant)
            except SendError:
                begun = None
            self._following.append((turn, begun))

    async def _carry(
        self, connection: Connection, turn: Addressee, begun: "asyncio.Task[Letter] | Letter | None"
    ) -> None:
        """One letter: the intent is kept before it ends, the outcome with the next intent."""
        posting = self._posting
        if begun is None:
            _, begun = self._begun(turn, begun)
        letter = await begun if isinstance(begun, asyncio.Task) else begun
        granted = self._record(turn.reader.id)
        self._look_ahead()
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
        if not self._following:
            return None
        _, begun = self._following[0]
        if not isinstance(begun, asyncio.Task):
            return begun
        return begun.result() if begun.done() and begun.exception() is None else None

    def _record(self, wanted: int | None) -> "asyncio.Future[bool | None]":
        outcome, self._outcome = self._outcome, None
        return self._commit.record(outcome, wanted)

    async def _leave(self) -> None:
        self._give_back()
        try:
            if self._outcome is not None:
                await self._record(None)
        finally:
            if self._connection is not None:
                await self._connection.close()
