"""Reading a list in a process of its own: one core takes rows apart while another writes them down.

A thread would take turns with the writer for the interpreter, and gain little.
"""

import os
import pickle
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from subprocess import PIPE, Popen
from typing import IO, BinaryIO

from briefing.errors import SubscriberError
from briefing.subscribers.importing import read_rows
from briefing.subscribers.list_rows import ReadOptions, Row

#: Bytes of a file whose rows take longer than it takes to start a process.
_WORTHWHILE = 4_000_000
#: Rows that are handed over at once. The process is as many ahead while the last ones are written.
_AT_ONCE = 20_000
_PROGRAM = (
    "import sys; from briefing.subscribers.import_process import serve; "
    "serve(sys.stdin.buffer, sys.stdout.buffer)"
)


def read_beside(path: Path, reading: ReadOptions | None = None) -> Iterator[Row]:
    """What `read_rows` says, in less time where the list is long.

    Raises:
        SubscriberError: as `read_rows` does; and when the process dies.
    """
    child = _begun() if _size(path) >= _WORTHWHILE else None
    if child is None:
        yield from read_rows(path, reading)
        return
    with child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            with suppress(BrokenPipeError), child.stdin as asked:
                asked.write(pickle.dumps((path, reading)))
            while rows := _heard(path, child.stdout):
                yield from rows
        finally:
            # Whoever wants no more rows is not to wait for them.
            child.kill()


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Read the list that is asked for, and answer with rows, none at the end, or a sentence.

    Args:
        asked: pickled arguments of `read_rows`.
        answers: gets lists of rows, or the sentence that says why there are none.
    """
    path, reading = pickle.load(asked)  # noqa: S301 - our own process
    rows = read_rows(path, reading)
    try:
        while some := list(islice(rows, _AT_ONCE)):
            _say(some, answers)
        _say([], answers)
    except SubscriberError as error:
        _say(str(error), answers)


def _say(what: list[Row] | str, answers: BinaryIO) -> None:
    pickle.dump(what, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _begun() -> Popen[bytes] | None:
    try:
        return Popen(  # noqa: S603 - this very program
            (sys.executable, "-P", "-c", _PROGRAM),
            stdin=PIPE,
            stdout=PIPE,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            # Ctrl+C at a terminal is for us.
            start_new_session=True,
        )
    except OSError:
        return None


def _heard(path: Path, answers: IO[bytes]) -> list[Row]:
    try:
        said: list[Row] | str = pickle.load(answers)  # noqa: S301 - our own process
    except (EOFError, pickle.UnpicklingError) as error:
        raise SubscriberError(
            f"{path}: the process that reads it has died. Import it again: who is on the list "
            "already stays as they are."
        ) from error
    if isinstance(said, str):
        raise SubscriberError(said)
    return said


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
