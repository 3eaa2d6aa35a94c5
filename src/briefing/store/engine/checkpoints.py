"""What SQLite's journal holds → its file, in a thread, while the next transaction is written.

Left to itself, SQLite does so within each commit that finds the journal long: it copies page by page and waits
twice for the disk, and nobody writes meanwhile.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path

#: Bytes of a journal that is worth a thread.
_WORTHWHILE = 16_000_000
#: Pages of a journal that SQLite is to write from its beginning again as soon as it can: 64 MB.
_LONG = 16_000
#: SQLite brings nothing over by itself. And a page that is written on again is still there: with 2 MB an import of
#: a million rows reads nearly twice as often, and writes a quarter more often.
_IN_BULK = {"wal_autocheckpoint": 0, "cache_size": -8_000}


class Checkpoints:
    """A thread that brings over what was committed. What it cannot do now is left to a later commit."""

    def __init__(self, file: Path) -> None:
        """Name the database; nothing is done before the first `begin`."""
        self._file = file
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._last: Future[None] | None = None
        self._pages = 0

    def begin(self) -> None:
        """Bring over what has been committed so far; nobody waits for it."""
        if self._last is not None or _journal(self._file).stat().st_size > _WORTHWHILE:
            self._last = self._thread.submit(self._bring_over, "PASSIVE")

    def keep_short(self) -> None:
        """Before a transaction: wait for the thread where the journal has become long.

        A journal of which all is in the file is written from its beginning again.
        """
        if self._last is not None and self._pages > _LONG:
            self._last.result()
            self._pages = 0

    def close(self) -> None:
        """Bring over the rest, and give back the room of a journal that has become long."""
        if self._last is not None:
            self._thread.submit(self._bring_over, "TRUNCATE")
        self._thread.shutdown()

    def _bring_over(self, how: str) -> None:
        # Whoever still reads what was there before, or brings it over too, is not waited for.
        with suppress(sqlite3.Error), closing(sqlite3.connect(self._file, timeout=0)) as connection:
            _, self._pages, _ = connection.execute(f"PRAGMA wal_checkpoint({how})").fetchone()


@contextmanager
def between_checkpoints(
    driver: sqlite3.Connection, checkpoints: Checkpoints | None
) -> Iterator[None]:
    """Around a transaction of the driver's, after which these are begun; without any, SQLite makes its own."""
    if checkpoints is None:
        yield
        return
    checkpoints.keep_short()
    before = {name: driver.execute(f"PRAGMA {name}").fetchone()[0] for name in _IN_BULK}
    _tell(driver, _IN_BULK)
    try:
        yield
        checkpoints.begin()
    finally:
        _tell(driver, before)


def _tell(driver: sqlite3.Connection, pragmas: Mapping[str, int]) -> None:
    for name, value in pragmas.items():
        driver.execute(f"PRAGMA {name} = {value}")


def sync_journal(file: Path) -> None:
    """Wait until the disk holds the journal of a database; what is in none has been waited for."""
    with suppress(FileNotFoundError), _journal(file).open("rb") as journal:
        os.fsync(journal.fileno())


def _journal(file: Path) -> Path:
    return Path(f"{file}-wal")
