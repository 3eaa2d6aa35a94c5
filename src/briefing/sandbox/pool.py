"""Confined work: strangers' bytes are read in processes that can be killed, with limits on each job.

A parser that loops, swells or crashes on what somebody made for it takes its own process with it,
and nothing else.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from briefing.errors import SourceError
from briefing.sandbox.framing import LENGTH

SECONDS, MEGABYTES = 10, 512
#: On top of the seconds of computing: a busy machine may let the process wait.
_GRACE = 10


@dataclass
class Workers:
    """A few processes that do one job at a time each. Open it with `async with`."""

    at_once: int = 3
    seconds: int = SECONDS
    megabytes: int = MEGABYTES
    _idle: list[asyncio.subprocess.Process] = field(default_factory=list, init=False)

    async def __aenter__(self) -> Self:
        self._turns = asyncio.Semaphore(self.at_once)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._idle:
            await _end(process)

    async def do(self, job: str, body: bytes, **told: str) -> Mapping[str, object]:
        """Have a job of `confined_jobs` done.

        Args:
            job: its name there.
            body: the stranger's bytes.
            told: what else it is told.

        Raises:
            SourceError: when it needs more than it may, or fails.
        """
        async with self._turns:
            process = self._idle.pop() if self._idle else await self._start()
            try:
                async with asyncio.timeout(self.seconds + _GRACE):
                    answer = await _ask(process, {"job": job, **told}, body)
            except TimeoutError:
                await _end(process)
                raise SourceError(self._too_slow()) from None
            except (asyncio.IncompleteReadError, ConnectionError):
                raise SourceError(self._died(await process.wait())) from None
            except BaseException:
                await _end(process)
                raise
            self._idle.append(process)
        if "fault" in answer:
            raise SourceError(str(answer["fault"]))
        return answer

    async def _start(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            # -P: a file in the folder we are in must not pass for a library.
            *(
                "-P",
                "-m",
                "briefing.articles.sandbox_worker",
                str(self.seconds),
                str(self.megabytes),
            ),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # Our environment holds secrets; where modules lie is all that it needs of it.
            # One thread of numpy's each, since every one of its threads takes of the memory that is allowed.
            env={
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
                "OPENBLAS_NUM_THREADS": "1",
            },
        )

    def _too_slow(self) -> str:
        return f"takes more than {self.seconds} seconds to read; it was left out"

    def _died(self, code: int) -> str:
        if code == -signal.SIGXCPU:
            return self._too_slow()
        return f"cannot be read: its reader ended with code {code}; it was left out"


async def _ask(
    process: asyncio.subprocess.Process, head: Mapping[str, str], body: bytes
) -> Mapping[str, object]:
    assert process.stdin is not None
    assert process.stdout is not None
    asked = json.dumps(head).encode()
    process.stdin.write(LENGTH.pack(len(asked)) + asked + LENGTH.pack(len(body)) + body)
    await process.stdin.drain()
    (length,) = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))
    answer: Mapping[str, object] = json.loads(await process.stdout.readexactly(length))
    return answer


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()
    await process.wait()
