"""For the server that `tests/commands.py` forks from: what the first command of a process waits for.

A command of the program imports what it needs, makes the tables of a new house and compiles its statements and
designs: of the 0.63 s that `briefing run` computes in a forked process, all but 0.15. Confined processes are
forked from here as well, within limits on memory: the server takes no more than it must.
"""

import ctypes
import gc
import importlib
import pkgutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.desks import act
from tests.newsrooms import new_house
from tests.quick_files import share_what_houses_have_in_common
from tests.sandbox.done_here import done_here

import briefing
from briefing.actions.progress import Quiet
from briefing.actions.schedule.run_slot import run_slot

#: What the program imports when it first makes tables.
_LATE = ("alembic.command", "alembic.config", "alembic.script", "alembic.runtime.migration")
#: Programs of their own, which would begin; and what confined processes alone import: numpy takes 140 MB.
_LEFT_OUT = ("__main__.", ".migrations.", ".articles.", ".digests.", ".recode_picture.")
#: Of mallopt(3). Each thread has 64 MB of its own set apart, which stay so when it has ended.
_ARENAS = -8
_STACK = 1 << 20
#: Seconds that a thread of the run may take to end once it has nothing left to do.
_PATIENCE = 30


def _import_all() -> None:
    for found in pkgutil.walk_packages(briefing.__path__, "briefing."):
        if not any(part in f"{found.name}." for part in _LEFT_OUT):
            importlib.import_module(found.name)
    for name in _LATE:
        importlib.import_module(name)


def _run_once(folder: Path) -> None:
    with done_here(), _small_threads():  # the server cannot fork from itself
        act(run_slot, new_house(folder / "house"), "staggers", Quiet())


@contextmanager
def _small_threads() -> Iterator[None]:
    if sys.platform == "linux":
        ctypes.CDLL(None).mallopt(_ARENAS, 1)
    before = threading.stack_size(_STACK)
    yield
    threading.stack_size(before)


_import_all()
with TemporaryDirectory() as _folder:
    share_what_houses_have_in_common(Path(_folder))
    _run_once(Path(_folder))
for _thread in threading.enumerate():
    if _thread is not threading.main_thread():
        _thread.join(_PATIENCE)
assert threading.active_count() == 1, "a thread of the server is in none of its forks"
gc.collect()
gc.freeze()
