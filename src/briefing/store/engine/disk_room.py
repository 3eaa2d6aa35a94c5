"""Room on the disk that is ours before it is needed."""

import os

_BLOCK = 1 << 20


def take_room(file: int, start: int, size: int) -> None:
    """Let the file system promise these bytes of a file, as NULs; later writes to them find room.

    Raises:
        OSError: when there is not so much.
    """
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file, start, size)
        return
    for at in range(start, start + size, _BLOCK):  # macOS has no such call
        os.pwrite(file, bytes(min(_BLOCK, start + size - at)), at)
