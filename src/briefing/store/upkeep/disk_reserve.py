"""The reserve: a file that takes up room on the disk, so that there is some when the disk is full.

A letter leaves only once its row is on disk. Whatever fills the disk finds it full while the reserve
is still there; given up at the hour of a slot, it is room for the rows of that morning.
"""

import os
from pathlib import Path
from shutil import disk_usage

from briefing.errors import StoreError
from briefing.store.engine.disk_room import take_room

RESERVE_FILE = "reserve"
#: Bytes for the draft and SQLite's journal, and for the rows of each reader; three times what a mailing
#: to 10,000 readers took when it was measured.
_LEAST, _A_READER = 32 << 20, 1 << 10
#: With fewer bytes free than that, a disk is full.
_FULL = 1 << 20


def keep_reserve(folder: Path, readers: int) -> bool:
    """Take up room, unless it is taken or the disk has less than twice as much; True when it is kept.

    Args:
        folder: where the database lies.
        readers: how many readers the largest list has.

    Raises:
        StoreError: when the file cannot be made.
    """
    path, size = folder / RESERVE_FILE, _LEAST + _A_READER * readers
    try:
        if path.exists() and path.stat().st_size >= size:
            return True
        path.unlink(missing_ok=True)
        return disk_usage(folder).free >= 2 * size and _take_up(path, size)
    except OSError as error:
        raise StoreError(
            f"{path}, the room kept for a full disk, cannot be made: {error.strerror}. Give this "
            "user the right to write there."
        ) from error


def give_reserve(folder: Path) -> bool:
    """Give the room up if the disk is full; True when that made room."""
    path = folder / RESERVE_FILE
    try:
        if disk_usage(folder).free >= _FULL:
            return False
        path.unlink()
    except OSError:
        return False  # there is none, and what met the full disk says so
    return True


def refuse_full(folder: Path) -> None:
    """Let a disk pass that has room for a morning, in the reserve or free.

    Raises:
        StoreError: with how much there is.
    """
    free = disk_usage(folder).free
    if free < _LEAST and not (folder / RESERVE_FILE).exists():
        raise StoreError(
            f"{folder} has {free >> 20:,} MB free, and the room kept for a full disk is used up or "
            f"was never there. Make room, {2 * _LEAST >> 20} MB at least."
        )


def _take_up(path: Path, size: int) -> bool:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        take_room(handle, 0, size)
    except OSError:
        path.unlink()
        raise
    finally:
        os.close(handle)
    return True
