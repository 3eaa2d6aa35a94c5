"""A process of our own next to this one, and how both talk: bytes with their length before them.

Both ends import this. What the bytes mean is theirs: JSON where a stranger's bytes are read, pickled
values where both ends are ours.
"""

import os
import struct
import sys
from contextlib import suppress
from subprocess import DEVNULL, PIPE, Popen
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:  # a child needs no event loop
    from asyncio import StreamReader

_LENGTH = struct.Struct(">Q")
_KERNEL = "OPENBLAS_CORETYPE"


def command(module: str, *arguments: str) -> tuple[str, ...]:
    """What starts a module of this program; a file in the folder we are in must not pass for a library."""
    return (sys.executable, "-P", "-m", module, *arguments)


def environment() -> dict[str, str]:
    """Where modules lie: our environment holds secrets, and that is all that a process needs of it.

    One thread of numpy's each, since every one of its threads takes of the memory that is allowed. And the
    kernel that it is told to take outside: others round otherwise, and LSA would choose other sentences.
    """
    kernel = os.environ.get(_KERNEL)  # noqa: TID251 - a setting of numpy's, not of ours
    paths = os.pathsep.join(filter(None, sys.path))
    given = {_KERNEL: kernel} if kernel else {}
    return {"PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1", **given}


def framed(content: bytes) -> bytes:
    """Bytes with their length before them."""
    return _LENGTH.pack(len(content)) + content


def unframed(file: IO[bytes]) -> bytes | None:
    """The next bytes that were framed; None at the end, and where they break off."""
    head = file.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    content = file.read(length)
    return content if len(content) == length else None


async def awaited(stream: "StreamReader") -> bytes:
    """As `unframed`, for an event loop.

    Raises:
        asyncio.IncompleteReadError: at the end.
    """
    (length,) = _LENGTH.unpack(await stream.readexactly(_LENGTH.size))
    return await stream.readexactly(length)


class Child:
    """A process that answers every question it is asked; any thread may ask, one at a time."""

    def __init__(self, module: str, *arguments: str, is_silent: bool = False) -> None:
        """Start it.

        Args:
            module: its `__main__` reads frames and answers with frames.
            arguments: what it is started with; others can read them.
            is_silent: what it complains of is nobody's business.

        Raises:
            OSError: when it cannot be started.
        """
        # Ctrl+C at a terminal is for us.
        self._process = Popen(  # noqa: S603 - this very program
            command(module, *arguments),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL if is_silent else None,
            env=environment(),
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._asked, self._answers = self._process.stdin, self._process.stdout

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def say(self, *frames: bytes) -> None:
        """Hand frames over. Of a process that has died the next answer tells."""
        with suppress(BrokenPipeError):
            self._asked.write(b"".join(map(framed, frames)))
            self._asked.flush()

    def hear(self) -> bytes:
        """Its next answer.

        Raises:
            EOFError: when it has died before.
        """
        answer = unframed(self._answers)
        if answer is None:
            raise EOFError
        return answer

    def end(self) -> int:
        """Kill it unless it has ended, and give the code that it ended with."""
        self._process.kill()
        code = self._process.wait()
        for pipe in (self._asked, self._answers):
            with suppress(BrokenPipeError):
                pipe.close()
        return code
