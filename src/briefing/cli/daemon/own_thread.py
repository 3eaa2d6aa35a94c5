"""Work in a thread of its own, next to the schedule."""

import threading
from collections.abc import Callable


class OwnThread:
    """Work in a thread of its own, while signs of life go on: mailings and backups may take hours."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._thread: threading.Thread | None = None

    def __enter__(self) -> "OwnThread":
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for its end."""
        if self._thread is not None:
            self._thread.join()

    def go(self) -> None:
        """Do it once more, unless it is being done."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._work, name="slots")
            self._thread.start()
