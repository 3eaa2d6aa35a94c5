"""The signing pool: processes that write and sign the letters, next to the one that posts them.

An RSA signature takes longer than all else that is done for a letter. Threads would take turns with
the event loop for the interpreter and gain little: 1,300 letters a second against 1,100 without, and
2,700 with two processes (`benchmarks/send.py`, four cores). A process is told once what all letters
share; then readers go in, and what is their own of a letter comes out, in order.
"""

import asyncio
import logging
import pickle
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from briefing.errors import SendError
from briefing.model.mail import Letter
from briefing.model.subscriber import Subscriber
from briefing.sandbox.child import awaited, command, environment, framed, unframed
from briefing.sends.letters.mime import OwnParts

_LOG = logging.getLogger("briefing.send")
#: Readers asked for at once: few pipes are read, and nobody waits long for the others.
_BATCH = 8
#: Letters that are begun ahead of each connection; fewer left the processes waiting for us a quarter
#: of the time.
_AHEAD = 3
#: Bytes of answers that may wait to be taken.
_WAITING = 2**20


class Writer(Protocol):
    """Makes the letters of an edition."""

    def write(self, reader: Subscriber, variant: int = 0) -> Letter:
        """The letter for one reader: the whole edition, or one of its variants."""
        ...

    def joined(self, own: OwnParts, variant: int = 0) -> Letter:
        """The letter that has these parts of a reader's own."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningSetup:
    """What the processes of a pool start with."""

    #: A module whose `__main__` reads `told` and then calls `serve`.
    module: str
    #: What all letters share, as that module wants it.
    told: bytes
    processes: int


class SigningPool:
    """Write letters for many who ask at once. Open it with `async with`.

    As long as no process is ready, and when one has died, letters are written where they are asked for.
    """

    def __init__(self, writer: Writer, setup: SigningSetup | None = None) -> None:
        """Have letters written.

        Args:
            writer: makes a reader's letter.
            setup: makes what is readers' own in other processes.
        """
        self._writer, self._setup = writer, setup
        self._processes: list[_SigningProcess] = []

    async def __aenter__(self) -> Self:
        if self._setup is None:
            return self
        for _ in range(self._setup.processes):
            try:
                self._processes.append(await _SigningProcess.start(self._setup))
            except OSError as error:
                _LOG.warning("No process that writes letters can be started: %s", error)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._processes:
            await process.end()
        self._processes.clear()

    @property
    def ahead(self) -> int:
        """How many letters a connection has begun while one is on the wire.

        Where others write them it is more than the next, so that they always have one to write.
        """
        return _AHEAD if self._processes else 1

    async def letter(self, reader: Subscriber, variant: int = 0) -> Letter:
        """A reader's letter.

        Args:
            reader: whose.
            variant: which form of the edition they get; 0 is the whole.

        Raises:
            SendError: when a value cannot stand where it must.
        """
        begun = self.begin(reader, variant)
        return await begun if isinstance(begun, asyncio.Task) else begun

    def begin(self, reader: Subscriber, variant: int = 0) -> "Letter | asyncio.Task[Letter]":
        """A reader's letter where it is written here: no task is as quick; else one that waits for it.

        Raises:
            SendError: as `letter`.
        """
        ready = [process for process in self._processes if process.is_ready]
        if not ready:
            return self._writer.write(reader, variant)
        least = min(ready, key=lambda process: len(process.waiting))
        return asyncio.create_task(self._joined(reader, variant, least.ask(reader, variant)))

    async def _joined(
        self, reader: Subscriber, variant: int, asked: "asyncio.Future[OwnParts | None]"
    ) -> Letter:
        own = await asked
        if own is None:
            return self._writer.write(reader, variant)
        return self._writer.joined(own, variant)

    def message_id(self, reader: Subscriber) -> str:
        """The Message-ID of a reader's letter, the same for every try."""
        return self._writer.write(reader).message_id


class _SigningProcess:
    """One process, and who waits for its letters, in order."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._stdin, self._stdout = process, process.stdin, process.stdout
        #: They get None when the process dies.
        self.waiting: deque[asyncio.Future[OwnParts | None]] = deque()
        self._asked: list[tuple[str, str, str, tuple[str, ...], int]] = []
        self.is_ready = False
        self._hearing = asyncio.create_task(self._hear())

    @classmethod
    async def start(cls, setup: SigningSetup) -> Self:
        process = await asyncio.create_subprocess_exec(
            *command(setup.module),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_WAITING,
            env=environment(),
            # Ctrl+C at a terminal is for us: what is on the wire is still to be finished.
            start_new_session=True,
        )
        begun = cls(process)
        # Keys go through the pipe: arguments and environments can be read by others.
        begun._stdin.write(framed(setup.told))
        return begun

    def ask(self, reader: Subscriber, variant: int) -> "asyncio.Future[OwnParts | None]":
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[OwnParts | None] = loop.create_future()
        self.waiting.append(answer)
        if not self._asked:
            # Who asks in this same round of the loop goes along: a write to a pipe is dear.
            loop.call_soon(self._hand_over)
        self._asked.append((reader.email, reader.name, reader.ref, reader.tags, variant))
        return answer

    def _hand_over(self) -> None:
        asked, self._asked = self._asked, []
        batches = (asked[at : at + _BATCH] for at in range(0, len(asked), _BATCH))
        self._stdin.write(b"".join(framed(_packed(batch)) for batch in batches))

    async def end(self) -> None:
        self._hearing.cancel()
        self._stdin.close()  # it ends when it is asked nothing more
        await self._process.wait()

    async def _hear(self) -> None:
        try:
            while True:
                answers = await awaited(self._stdout)
                self.is_ready = True
                for written in pickle.loads(answers):  # noqa: S301 - our own process
                    self._give(written)
        except (asyncio.IncompleteReadError, OSError):
            _LOG.warning("A process that writes letters has died; we write them ourselves")
            self.is_ready = False
            for answer in self.waiting:
                if not answer.done():
                    answer.set_result(None)
            self.waiting.clear()

    def _give(self, written: OwnParts | str) -> None:
        answer = self.waiting.popleft()
        if answer.done():
            return
        if isinstance(written, str):
            answer.set_exception(SendError(written))
        else:
            answer.set_result(written)


def serve(
    own_parts: Callable[[Subscriber, int], OwnParts], asked: BinaryIO, answers: BinaryIO
) -> None:
    """Write what is their own for each reader that is asked for, until nothing more comes.

    Args:
        own_parts: makes it, for a reader and a variant.
        asked: framed readers.
        answers: gets it framed, or the sentence that says why there is no letter.
    """
    answers.write(framed(_packed([])))  # ready
    answers.flush()
    while (frame := unframed(asked)) is not None:
        written: list[OwnParts | str] = []
        for email, name, ref, tags, variant in pickle.loads(frame):  # noqa: S301 - our own process
            try:
                reader = Subscriber(email=email, name=name, ref=ref, tags=tags)
                own = own_parts(reader, variant)
            except SendError as error:
                written.append(str(error))
            else:
                written.append(own)
        answers.write(framed(_packed(written)))
        answers.flush()


def _packed(batch: object) -> bytes:
    return pickle.dumps(batch, pickle.HIGHEST_PROTOCOL)
