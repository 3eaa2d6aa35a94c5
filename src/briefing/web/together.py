"""What is asked at the same time, answered together: one thread and one wait for the disk for all who wait."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from starlette.concurrency import run_in_threadpool

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
#: Asks that are answered together at most: the database is held no longer than for so many.
_MOST = 256


class Together(Generic[Asked, Answer]):
    """Takes asks one by one; those that come while others are being answered are the next group.

    Nobody waits for more to come: who asks alone is answered alone, and at once.
    """

    def __init__(self, answer: Callable[[Sequence[Asked]], Sequence[Answer]]) -> None:
        """Answer by a function that is called in a thread, for one group after the other.

        Args:
            answer: gives an answer an ask, in order. What it raises is raised for each of them.
        """
        self._answer = answer
        self._waiting: list[tuple[Asked, asyncio.Future[Answer]]] = []
        self._working: asyncio.Task[None] | None = None

    async def ask(self, one: Asked) -> Answer:
        """The answer, when all that it promises is done; raises what answering raised."""
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[Answer] = loop.create_future()
        self._waiting.append((one, answered))
        if self._working is None:
            self._working = loop.create_task(self._work())
        return await answered

    async def _work(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
                await self._answered(group)
        finally:
            self._working = None

    async def _answered(self, group: list[tuple[Asked, asyncio.Future[Answer]]]) -> None:
        try:
            answers = await run_in_threadpool(self._answer, [one for one, _ in group])
        except Exception as error:  # noqa: BLE001 - each of them raises it
            for _, waiting in group:
                if not waiting.done():
                    waiting.set_exception(error)
            return
        for (_, waiting), answer in zip(group, answers, strict=True):
            if not waiting.done():
                waiting.set_result(answer)
