"""The signing pool: processes that write and sign the letters, next to the one that posts them.

An RSA signature takes longer than all else that is done for a letter. Threads would take turns with
the event loop for the interpreter and gain little: 1,300 letters a second against 1,100 without, and
2,700 with two processes (`benchmarks/send.py`, four cores). One process is started, is told once what
all letters share, and divides itself (`letter_service.py`); then readers go in, and what is their own of a
letter comes out, in order.
"""

import asyncio
import logging
import pickle
import socket
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from subprocess import DEVNULL, Popen
from types import TracebackType
from typing import Protocol, Self

from briefing.errors import SendError
from briefing.model.mail import Letter
from briefing.model.subscriber import Subscriber
from briefing.sandbox.child import awaited, command, environment, framed
from briefing.sends.letters.letter_service import packed
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


class SigningProgram:
    """The program of a pool. It can be started before anybody knows what it is to sign with."""

    def __init__(self, module: str, processes: int) -> None:
        """Start it.

        Args:
            module: its `__main__` calls `serve_all` for the sockets that its arguments number.
            processes: into how many it divides itself.

        Raises:
            OSError: when it cannot be started.
        """
        pairs = [socket.socketpair() for _ in range(processes)]
        #: Our ends; over the last one it is told with what.
        self.sockets = [ours for ours, _ in pairs]
        try:
            self.process = _started(module, [theirs.fileno() for _, theirs in pairs])
        except OSError:
            for ours in self.sockets:
                ours.close()
            raise
        finally:
            for _, theirs in pairs:
                theirs.close()
        #: True once a pool has it, which ends it.
        self.is_taken = False

    @classmethod
    def begun(cls, module: str, processes: int) -> Self | None:
        """One that is started; None where it cannot be, which is told on the log."""
        try:
            return cls(module, processes)
        except OSError as error:
            _LOG.warning("No process that writes letters can be started: %s", error)
            return None

    def let_go(self) -> None:
        """End it if no pool took it."""
        if self.is_taken:
            return
        for ours in self.sockets:
            ours.close()
        self.process.kill()
        self.process.wait()


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningSetup:
    """What the processes of a pool start with."""

    #: As `SigningProgram` is told.
    module: str
    #: A pickled `Writer`.
    told: bytes
    processes: int
    #: The program, where it was started before.
    program: SigningProgram | None = None


class SigningPool:
    """Write letters for many who ask at once. Open it with `async with`.

    Readers are told to processes that are still starting: to write the first letters meanwhile would keep the
    loop from hearing that they are ready. When all have died, letters are written where they are asked for.
    """

    def __init__(self, writer: Writer, setup: SigningSetup | None = None) -> None:
        """Have letters written.

        Args:
            writer: makes a reader's letter.
            setup: makes what is readers' own in other processes.
        """
        self._writer, self._setup = writer, setup
        self._processes: list[_SigningProcess] = []
        self._program: Popen[bytes] | None = None

    async def __aenter__(self) -> Self:
        if self._setup is None:
            return self
        told = self._setup
        program = told.program or SigningProgram.begun(told.module, told.processes)
        if program is not None:
            program.is_taken = True
            self._program = program.process
            self._processes = [await _SigningProcess.over(ours) for ours in program.sockets]
            # Keys go this way: arguments and environments can be read by others.
            self._processes[-1].tell(told.told)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self._processes:
            process.ask_no_more()
        for process in self._processes:
            await process.ended()
        self._processes.clear()
        if self._program is not None:
            self._program.wait()  # it has let go of its socket, or was killed

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
        at_work = [process for process in self._processes if process.is_alive]
        if not at_work:
            return self._writer.write(reader, variant)
        least = min(at_work, key=lambda process: len(process.waiting))
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


def _started(module: str, sockets: Sequence[int]) -> Popen[bytes]:
    """Start the program that serves these sockets; over the last one it is told with what.

    Raises:
        OSError: when it cannot be started.
    """
    return Popen(  # noqa: S603 - this very program
        command(module, *map(str, sockets)),
        stdin=DEVNULL,
        stdout=DEVNULL,
        pass_fds=sockets,
        env=environment(),
        # Ctrl+C at a terminal is for us: what is on the wire is still to be finished.
        start_new_session=True,
    )


class _SigningProcess:
    """One process, and who waits for its letters, in order."""

    def __init__(self, answers: asyncio.StreamReader, questions: asyncio.StreamWriter) -> None:
        self._answers, self._questions = answers, questions
        #: They get None when the process dies.
        self.waiting: deque[asyncio.Future[OwnParts | None]] = deque()
        self._asked: list[tuple[str, str, str, tuple[str, ...], int]] = []
        self.is_alive = True
        self._hearing = asyncio.create_task(self._hear())

    @classmethod
    async def over(cls, ours: socket.socket) -> Self:
        return cls(*await asyncio.open_unix_connection(sock=ours, limit=_WAITING))

    def tell(self, told: bytes) -> None:
        self._questions.write(framed(told))

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
        self._questions.write(b"".join(framed(packed(batch)) for batch in batches))

    def ask_no_more(self) -> None:
        self._hearing.cancel()
        with suppress(OSError):
            self._questions.write_eof()

    async def ended(self) -> None:
        """Wait until the process has let go of its end."""
        with suppress(asyncio.CancelledError):
            await self._hearing
        with suppress(OSError):
            while await self._answers.read(_WAITING):
                pass
        self._questions.close()

    async def _hear(self) -> None:
        try:
            while True:
                answers = await awaited(self._answers)
                for written in pickle.loads(answers):  # noqa: S301 - our own process
                    self._give(written)
        except (asyncio.IncompleteReadError, OSError):
            _LOG.warning("A process that writes letters has died; we write them ourselves")
            self.is_alive = False
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
