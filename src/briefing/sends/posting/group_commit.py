"""Group commit: many connections' entries in the ledger, committed together.

A durable commit waits for the disk, so entries gather for a moment and are one commit. Yet no
letter leaves before its intent is kept, and no connection takes a next letter before the last
one's outcome is. The commit to a file runs in the event loop's own thread: another thread, be it
only for the wait for the disk, takes turns with it for the interpreter, which costs more where the
disk is quick (docs/scale_tried.md). A ledger in a server has cores of its own to use: where it can
commit `meanwhile`, the loop goes on, and half of the letters are posted as the other half is kept.
Where other senders have the processors meanwhile, nothing is gained by that: there all letters are one
commit, for which the disk is waited for half as often.
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from types import TracebackType

from briefing.model.delivery import Outcome, State
from briefing.sends.posting.ledger_port import LedgerPort, Meanwhile

#: Seconds a commit waits at most for more entries: less than it takes itself, and worth many of them. And
#: where other senders go on in that time.
_GATHER, _GATHER_AMONG_OTHERS = 0.002, 0.008
#: Called with the readers whose letters are about to leave, and those whose try left nothing.
OnTheWire = Callable[[Collection[int], Collection[int]], object]
_Entry = tuple[Outcome | None, int | None, "asyncio.Future[bool | None]"]


class GroupCommit:
    """Writes into one ledger."""

    def __init__(
        self,
        ledger: LedgerPort,
        clock: Callable[[], float],
        writers: int,
        trace: OnTheWire | None = None,
        meanwhile: Meanwhile | None = None,
        *,
        among_others: bool = False,
    ) -> None:
        """Serve one ledger.

        Args:
            ledger: what to write into.
            clock: seconds since 1970.
            writers: how many hand in entries; a commit waits a moment for most of them.
            trace: keeps elsewhere what is about to leave.
            meanwhile: commits in the ledger's place while the loop goes on.
            among_others: other senders have the processors as long as this one waits.
        """
        self._ledger, self._clock = ledger, clock
        self._trace, self._meanwhile = trace, meanwhile
        # Where the loop goes on meanwhile, half of the letters are posted as the other half is committed.
        self._enough = writers if meanwhile is None or among_others else writers // 2
        self._gather = _GATHER_AMONG_OTHERS if among_others else _GATHER
        self._entries: list[_Entry] = []
        self._something, self._plenty = asyncio.Event(), asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._loop = asyncio.get_running_loop()

    async def __aenter__(self) -> "GroupCommit":
        self._task = asyncio.create_task(self._write())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        # A commit that is under way ends; nobody waits for what was handed in after it.
        self._entries.clear()
        self._something.set()
        self._plenty.set()
        if self._task is not None:
            await self._task

    def record(self, outcome: Outcome | None, wanted: int | None) -> "asyncio.Future[bool | None]":
        """Have committed what became of a letter, and that the next one is to leave.

        Returns:
            Later, whether the letter to `wanted` may leave; None when no letter may any more.

        Raises:
            StoreError: later, when it could not be written; then no letter may leave either.
        """
        answer: asyncio.Future[bool | None] = self._loop.create_future()
        self._entries.append((outcome, wanted, answer))
        self._something.set()
        if len(self._entries) >= self._enough:
            self._plenty.set()
        return answer

    async def _write(self) -> None:
        while entries := await self._gathered():
            outcomes = [outcome for outcome, _, _ in entries if outcome is not None]
            intents = [wanted for _, wanted, _ in entries if wanted is not None]
            try:
                granted = await self._commit(intents, outcomes)
            except Exception as error:  # noqa: BLE001 - handed to everyone who waits
                for _, _, answer in entries:
                    if not answer.done():
                        answer.set_exception(error)
                continue
            for _, wanted, answer in entries:
                if not answer.done():
                    answer.set_result(None if granted is None else wanted in granted)

    async def _gathered(self) -> list[_Entry]:
        """The entries of the next commit; none when it is over."""
        await self._something.wait()
        if len(self._entries) < self._enough:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._gather):
                    await self._plenty.wait()
        self._something.clear()
        self._plenty.clear()
        entries, self._entries = self._entries, []
        return entries

    async def _commit(
        self, intents: Sequence[int], outcomes: Sequence[Outcome]
    ) -> frozenset[int] | None:
        if self._meanwhile is None:
            granted = self._ledger.commit(intents, outcomes, self._clock())
        else:
            granted = await self._meanwhile.commit_meanwhile(intents, outcomes, self._clock())
        if self._trace is not None:
            self._trace(granted or (), _came_to_nothing(outcomes))
        return granted


def _came_to_nothing(outcomes: Sequence[Outcome]) -> list[int]:
    refused = (State.DEFERRED, State.BOUNCED)
    return [
        outcome.reader
        for outcome in outcomes
        if outcome.delivery.state in refused and not outcome.doubtful
    ]
