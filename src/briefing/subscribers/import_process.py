"""Reading a list in a process of its own: one core takes rows apart while another writes them down.

A thread that took rows apart would take turns with the writer for the interpreter, and gain little.
"""

import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

from briefing.errors import SubscriberError
from briefing.sandbox.child import Child
from briefing.subscribers.importing import read_parts
from briefing.subscribers.list_rows import ReadOptions, RowBatch, batches_of
from briefing.subscribers.row_frames import batch_heard

#: Bytes of a file whose rows take longer than it takes to start a process.
_WORTHWHILE = 4_000_000
_READER = "briefing.subscribers.list_reader"


def read_beside(path: Path, reading: ReadOptions | None = None) -> Iterator[RowBatch]:
    """What `read_parts` says, a batch at a time, in less time where the list is long.

    Raises:
        SubscriberError: as `read_parts` does; and when the process dies.
    """
    child = _begun() if _size(path) >= _WORTHWHILE else None
    if child is None:
        yield from batches_of(read_parts(path, reading))
        return
    with ThreadPoolExecutor(max_workers=1) as beside:
        try:
            child.say(pickle.dumps((path, reading)))
            yield from _ahead(lambda: _heard(path, child), beside)
        finally:
            # Whoever wants no more rows is not to wait for them.
            child.end()


def _begun() -> Child | None:
    try:
        return Child(_READER)
    except OSError:
        return None


def _ahead(hear: Callable[[], RowBatch | None], beside: Executor) -> Iterator[RowBatch]:
    """What is heard, the next while one is put down: SQLite lets other threads go on meanwhile."""
    following = beside.submit(hear)
    while batch := following.result():
        following = beside.submit(hear)
        yield batch


def _heard(path: Path, child: Child) -> RowBatch | None:
    try:
        return batch_heard(child.hear)
    except EOFError as error:
        raise SubscriberError(
            f"{path}: the process that reads it has died. Import it again: who is on the list "
            "already stays as they are."
        ) from error


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
