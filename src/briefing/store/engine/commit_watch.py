"""Whether anybody has written to the database since: for whoever keeps what was read from it."""

import sqlite3
from pathlib import Path


class CommitWatch:
    """A connection to SQLite's file that only looks whether others have committed."""

    def __init__(self, file: Path | None) -> None:
        """Watch a database; nothing is opened yet.

        Args:
            file: where it is; None for PostgreSQL, which cannot be asked without waiting for it.
        """
        self._file = file
        self._connection: sqlite3.Connection | None = None

    def number(self) -> int | None:
        """A number that is another after each commit, whoever made it; None where nobody can say at once.

        SQLite keeps it in memory that all its processes share: to ask waits for nothing
        (https://sqlite.org/pragma.html#pragma_data_version).
        """
        if self._file is None:
            return None
        try:
            if self._connection is None:
                self._connection = _opened(self._file)
            ((number,),) = self._connection.execute("PRAGMA data_version").fetchall()
        except sqlite3.Error:
            return None
        return int(number)

    def close(self) -> None:
        """Close the connection; the next question opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _opened(file: Path) -> sqlite3.Connection:
    # Who writes first makes the file, as private as it is to be.
    address = f"{file.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(
        address, uri=True, timeout=0, isolation_level=None, check_same_thread=False
    )
