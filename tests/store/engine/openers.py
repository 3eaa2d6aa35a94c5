"""What other processes do with a database, in `test_lock.py`."""

import os
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

from briefing.store import Database, only_one, open_store


def holds(url: str, folder: Path, pipe: Connection) -> None:
    """Take the lock, and hold it until somebody kills us."""
    with only_one(Database(url), folder, "schedule", "leading"):
        pipe.send("held")
        pipe.recv()


def opens(url: str, folder: Path, together: Barrier, complaints: Path) -> None:
    """Open the store when all others are ready to; what is complained of goes to a file."""
    file = os.open(complaints, os.O_WRONLY | os.O_CREAT)
    os.dup2(file, 2)
    together.wait(60)
    now, book = datetime.now(UTC), folder / "departures.log"
    open_store(url, book=book, backups=folder, key=b"k" * 32, now=now).close()
