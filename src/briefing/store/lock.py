"""One at a time: a lock that ends with the process that holds it, however that ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefing.errors import Busy


@contextmanager
def only_one(path: Path, doing: str) -> Iterator[None]:
    """Hold the lock file while inside.

    Args:
        path: the file; it stays, its lock does not.
        doing: what must not be done twice at once, for the sentence.

    Raises:
        Busy: when another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Busy(
                f"Another process is {doing} already (it holds {path}). Wait for it, or stop it."
            ) from error
        yield
