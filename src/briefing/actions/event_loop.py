"""The event loop in which letters leave."""

import asyncio
import gc
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import uvloop

T = TypeVar("T")


def in_loop(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run something that waits for the network to its end."""
    rarely, often = (50_000, 20, 50), gc.get_threshold()
    # A letter is many small objects and no cycle: looking for some takes a tenth of the time.
    gc.set_threshold(*rarely)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(work())
    finally:
        gc.set_threshold(*often)
