"""Confined work: strangers' bytes are read in processes that can be killed, with limits on each job.

A parser that loops, swells or crashes on what somebody made for it takes its own process with it,
and nothing else.
"""

import asyncio
import json
import signal
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from briefing.counted import counted
from briefing.errors import SourceError
from briefing.sandbox.child import Child
from briefing.sandbox.spares import SPARES, Confined

SECONDS, MEGABYTES = 10, 512
#: On top of the seconds of computing: a busy machine may let the process wait.
_GRACE = 10


@dataclass
class Workers:
    """A few processes that do one job at a time each. Open it with `async with`."""

    at_once: int = 3
    seconds: int = SECONDS
    megabytes: int = MEGABYTES
    _idle: list[Confined] = field(default_factory=list, init=False)

    async def __aenter__(self) -> Self:
        self._turns = asyncio.Semaphore(self.at_once)
        # Not the loop's own threads: some of them may hang in a name server.
        self._threads = ThreadPoolExecutor(self.at_once)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown()
        SPARES.keep(self._idle)

    async def do(self, job: str, body: bytes, **told: str) -> Mapping[str, object]:
        """Have a job of `confined_jobs` done.

        Args:
            job: its name there.
            body: the stranger's bytes.
            told: what else it is told.

        Raises:
            SourceError: when it needs more than it may, or fails.
        """
        head = json.dumps({"job": job, **told}).encode()
        async with self._turns:
            one = self._idle.pop() if self._idle else SPARES.take((self.seconds, self.megabytes))
            try:
                async with asyncio.timeout(self.seconds + _GRACE):
                    answer = await self._asked(one.child, head, body)
            except TimeoutError:
                one.child.end()
                raise SourceError(self._too_slow()) from None
            except EOFError:
                raise SourceError(self._died(one.child.end())) from None
            except BaseException:
                one.child.end()
                raise
            one.jobs += 1
            self._idle.append(one)
        if "fault" in answer:
            raise SourceError(str(answer["fault"]))
        return answer

    async def _asked(self, child: Child, head: bytes, body: bytes) -> Mapping[str, object]:
        def ask() -> bytes:
            child.say(head, body)
            return child.hear()

        answer = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        found: Mapping[str, object] = json.loads(answer)
        return found

    def _too_slow(self) -> str:
        return f"takes more than {counted(self.seconds, 'second')} to read; it was left out"

    def _died(self, code: int) -> str:
        if code == -signal.SIGXCPU:
            return self._too_slow()
        return f"cannot be read: its reader ended with code {code}; it was left out"
