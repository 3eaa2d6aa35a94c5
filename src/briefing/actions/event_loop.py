"""The event loop in which letters leave."""

import asyncio
import gc
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def in_plain_loop(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run something that waits for processes to its end, whoever asks: in a thread where no other loop runs."""

    def run() -> T:
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            return runner.run(work())

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run).result()


def in_loop(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run something that waits for the network to its end."""
    rarely, often = (50_000, 20, 50), gc.get_threshold()
    # A letter is many small objects and no cycle: looking for some takes a tenth of the time. What is
    # there by now stays: one look through all of it takes as long as a thousand letters.
    gc.set_threshold(*rarely)
    gc.freeze()
    try:
        import uvloop  # noqa: PLC0415 - where letters leave, and not where pages are read

        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(work())
    finally:
        gc.unfreeze()
        gc.set_threshold(*often)
