"""The clerk: many connections' entries in the ledger, committed together.

A durable commit waits for the disk. While it waits, the next entries gather; then they are one
commit as well. So the disk's pace hardly matters, and yet no letter leaves before its intent is
kept, and no connection takes a next letter before the last one's outcome is.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import TracebackType
from typing import TypeVar

from briefing.model.delivery import Outcome
from briefing.sends.ledger import Ledger

T = TypeVar("T")
_Entry = tuple[Outcome | None, int | None, "asyncio.Future[bool | None]"]


class Clerk:
    """Writes into one ledger, from one thread of its own."""

    def __init__(self, ledger: Ledger, clock: Callable[[], float]) -> None:
        self._ledger, self._clock = ledger, clock
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")
        self._entries: list[_Entry] = []
        self._something = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Clerk":
        self._task = asyncio.create_task(self._write())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self._thread.shutdown(wait=True)

    async def record(self, outcome: Outcome | None, wanted: int | None) -> bool | None:
        """Commit what became of a letter, and that the next one is to leave.

        Returns:
            Whether the letter to `wanted` may leave; None when no letter may any more.

        Raises:
            StoreError: when it could not be written; then no letter may leave either.
        """
        answer: asyncio.Future[bool | None] = asyncio.get_running_loop().create_future()
        self._entries.append((outcome, wanted, answer))
        self._something.set()
        return await answer

    async def ask(self, question: Callable[..., T], *about: object) -> T:
        """Ask the ledger something, in the same thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, question, *about)

    async def _write(self) -> None:
        while True:
            await self._something.wait()
            # Everything that became ready in this round of the loop goes into the same commit.
            await asyncio.sleep(0)
            self._something.clear()
            entries, self._entries = self._entries, []
            outcomes = [outcome for outcome, _, _ in entries if outcome is not None]
            intents = [wanted for _, wanted, _ in entries if wanted is not None]
            try:
                granted = await self.ask(self._ledger.commit, intents, outcomes, self._clock())
            except Exception as error:  # noqa: BLE001 - handed to everyone who waits
                for _, _, answer in entries:
                    answer.set_exception(error)
                continue
            for _, wanted, answer in entries:
                if not answer.done():
                    answer.set_result(None if granted is None else wanted in granted)
