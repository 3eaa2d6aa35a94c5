"""Writing a file so that nobody ever sees half of it."""

import os
import tempfile
from pathlib import Path

from briefing.errors import StoreError


def write_whole(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Replace the file in one step: readers see the old bytes or the new, never a part.

    Raises:
        StoreError: when the folder cannot be made or written, with what to do.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
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
