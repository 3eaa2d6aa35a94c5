"""Processes that have done their jobs and wait a while for more.

To start one takes more computing than most pages do: Python, the parsers, some hundred patterns. A draft
needs them twice, for pieces and for digests, and the editors' desk for every page that is looked at.
"""

import atexit
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from briefing.sandbox.child import Child

#: Seconds that one waits, jobs after which it is not asked again, and how many wait at most.
_WAITS, _JOBS, _MOST = 30.0, 500, 3


@dataclass(kw_only=True, eq=False)
class Confined:
    """A process with limits on each of its jobs."""

    #: Seconds of computing, and megabytes.
    limits: tuple[int, int]
    child: Child
    jobs: int = 0
    #: On the monotonic clock.
    waits_since: float = 0.0


@dataclass
class Spares:
    """Those that wait. Any thread may take one."""

    _waiting: list[Confined] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, limits: tuple[int, int]) -> Confined:
        """One with these limits; it is started unless one waits.

        Raises:
            OSError: when it cannot be started.
        """
        with self._lock:
            fit = [one for one in self._waiting if one.limits == limits and one.child.is_alive]
            if fit:
                self._waiting.remove(fit[-1])
                return fit[-1]
        started = Child("briefing.sandbox.worker", *map(str, limits), is_silent=True)
        return Confined(limits=limits, child=started)

    def keep(self, some: Iterable[Confined]) -> None:
        """Let them wait for more, but for those that have done much: parsers do not give all memory back."""
        now = time.monotonic()
        with self._lock:
            for one in some:
                one.waits_since = now if one.jobs < _JOBS else -_WAITS
                self._waiting.append(one)
            for one in self._waiting[:-_MOST]:
                one.waits_since = -_WAITS
        self.end_old()
        timer = threading.Timer(_WAITS + 1, self.end_old)
        timer.daemon = True
        timer.start()

    def end_old(self, waited: float = _WAITS) -> None:
        """End those that have waited for so many seconds."""
        before = time.monotonic() - waited
        with self._lock:
            old = [one for one in self._waiting if one.waits_since <= before]
            self._waiting = [one for one in self._waiting if one.waits_since > before]
        for one in old:
            one.child.end()


SPARES = Spares()
atexit.register(SPARES.end_old, 0.0)
