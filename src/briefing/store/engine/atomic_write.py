"""Writing a file so that nobody ever sees half of it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from briefing.errors import StoreError


def private_folder(path: Path) -> None:
    """Make a folder that nobody else looks into; one that is there stays as it is."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)


def private_file(path: Path) -> None:
    """Make an empty file that nobody else reads, or close one of ours that others may read.

    What other programs make next to it, SQLite for one, then has the same mode. The file itself is
    never opened: to close it again would end the locks that this process holds on it (fcntl(2)).
    """
    if not path.exists():
        # Where it may not be made, SQLite says so better; or somebody else was as quick.
        with suppress(PermissionError, FileExistsError), _empty_file(path) as empty:
            os.link(empty, path)
        return
    found = path.stat()
    if found.st_mode & 0o077 and found.st_uid == os.geteuid():
        path.chmod(found.st_mode & 0o700)


@contextmanager
def _empty_file(beside: Path) -> Iterator[str]:
    handle, name = tempfile.mkstemp(dir=beside.parent, prefix=f".{beside.name}.")
    os.close(handle)
    try:
        yield name
    finally:
        Path(name).unlink()


def write_whole(
    path: Path, content: bytes, *, mode: int = 0o600, outlives_power: bool = True
) -> None:
    """Replace the file in one step: readers see the old bytes or the new, never a part.

    Args:
        path: the file.
        content: all of it.
        mode: nobody else reads it unless this lets them, whatever the umask.
        outlives_power: wait until the disk has it; else a power cut may leave a part or nothing,
            which is for what can be made again and says itself whether it is whole.

    Raises:
        StoreError: when the folder cannot be made or written, with what to do.
    """
    try:
        private_folder(path.parent)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                if outlives_power:
                    os.fsync(file.fileno())
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise StoreError(
            f"{path} cannot be written: {error.strerror or error}. "
            "Give the folder room and this user the right to write there."
        ) from error
