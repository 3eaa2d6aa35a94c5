"""The stop signal: ends a run of letters from another thread."""

import asyncio
import threading
from collections.abc import Callable

from briefing.sends.posting.loop import Posting


class StopSignal:
    """Stops a run of letters from another thread: those on the wire finish, no more leave."""

    def __init__(self) -> None:
        self._stop: Callable[[], object] | None = None
        self._pulled: str | None = None
        #: Set as soon as somebody wants the end.
        self.over = threading.Event()

    @property
    def is_pulled(self) -> bool:
        """True when no more letters leave because somebody wanted that."""
        return self._pulled is not None

    def pull(self, why: str) -> None:
        """Stop the run that is going on, and every later one."""
        self._pulled = why
        self.over.set()
        if self._stop is not None:
            self._stop()

    def hold(self, posting: Posting) -> None:
        """Stop this run when it is pulled; called inside its event loop."""
        loop = asyncio.get_running_loop()

        def stop() -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(posting.stop, self._pulled or "it was told to stop")

        self._stop = stop
        if self._pulled is not None:
            stop()
