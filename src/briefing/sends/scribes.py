"""Scribes: who write the letters, in threads where each is signed.

An RSA signature takes longer than all else that is done for a letter, and the library lets the
interpreter go meanwhile. So signed letters are written beside the event loop, a few at a time:
1,740 letters a second with two threads against 1,350 with none, medians of `benchmarks/send.py` on
four cores. Unsigned ones are written where they are asked for.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from types import TracebackType

from briefing.model.mail import Letter
from briefing.model.subscriber import Subscriber

_Asked = tuple[Subscriber, "asyncio.Future[Letter]"]


class Scribes:
    """Write letters for many who ask at once."""

    def __init__(self, write: Callable[[Subscriber], Letter], threads: int) -> None:
        """Have letters written.

        Args:
            write: makes a reader's letter.
            threads: how many write beside the event loop; with 0 it writes them itself.
        """
        self._write, self._threads = write, threads
        self._pool = ThreadPoolExecutor(threads, "scribe") if threads else None
        self._asked: list[_Asked] = []

    def __enter__(self) -> "Scribes":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    async def letter(self, reader: Subscriber) -> Letter:
        """A reader's letter.

        Raises:
            SendError: when a value cannot stand where it must.
        """
        if self._pool is None:
            return self._write(reader)
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Letter] = loop.create_future()
        if not self._asked:
            # Who asks in this same round of the loop goes along.
            loop.call_soon(self._hand_over, loop, self._pool)
        self._asked.append((reader, answer))
        return await answer

    def _hand_over(self, loop: asyncio.AbstractEventLoop, pool: ThreadPoolExecutor) -> None:
        asked, self._asked = self._asked, []
        for start in range(min(self._threads, len(asked))):
            share = asked[start :: self._threads]
            written = pool.submit(self._written, [reader for reader, _ in share])
            written.add_done_callback(partial(_hand_in, loop, share))

    def _written(self, readers: Sequence[Subscriber]) -> list[Letter | Exception]:
        """A letter for each, or why there is none."""
        letters: list[Letter | Exception] = []
        for reader in readers:
            try:
                letters.append(self._write(reader))
            except Exception as error:  # noqa: BLE001 - handed to the one who asked
                letters.append(error)
        return letters


def _hand_in(
    loop: asyncio.AbstractEventLoop,
    asked: Sequence[_Asked],
    done: "Future[list[Letter | Exception]]",
) -> None:
    loop.call_soon_threadsafe(_deliver, asked, done)


def _deliver(asked: Sequence[_Asked], done: "Future[list[Letter | Exception]]") -> None:
    for (_, answer), letter in zip(asked, done.result(), strict=True):
        if answer.done():
            continue
        if isinstance(letter, Exception):
            answer.set_exception(letter)
        else:
            answer.set_result(letter)
