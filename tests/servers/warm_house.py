"""For the server that `tests/commands.py` forks from: what the first command of a process waits for.

Of the 0.63 s that `briefing run` computes in a forked process, that is all but 0.15 (`tests/workers/warmed.py`).
Confined processes are forked from here as well, within limits on memory: the server takes no more than it must.
"""

import ctypes
import importlib
import pkgutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.workers.warmed import warm

import briefing

#: What the program imports when it first makes tables.
_LATE = ("alembic.command", "alembic.config", "alembic.script", "alembic.runtime.migration")
#: Programs of their own, which would begin; and what confined processes alone import: numpy takes 140 MB.
_LEFT_OUT = ("__main__.", ".migrations.", ".articles.", ".digests.", ".recode_picture.")
#: Of mallopt(3). Each thread has 64 MB of its own set apart, which stay so when it has ended.
_ARENAS = -8
_STACK = 1 << 20


def _import_all() -> None:
    for found in pkgutil.walk_packages(briefing.__path__, "briefing."):
        if not any(part in f"{found.name}." for part in _LEFT_OUT):
            importlib.import_module(found.name)
    for name in _LATE:
        importlib.import_module(name)


@contextmanager
def _small_threads() -> Iterator[None]:
    if sys.platform == "linux":
        ctypes.CDLL(None).mallopt(_ARENAS, 1)
    before = threading.stack_size(_STACK)
    yield
    threading.stack_size(before)


_import_all()
with TemporaryDirectory() as _folder, _small_threads():
    warm(Path(_folder))
