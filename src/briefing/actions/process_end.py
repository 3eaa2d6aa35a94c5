"""An end that comes: ten seconds after it was told to stop, a process is over, whatever it waits for.

A database that is frozen, a relay that says nothing and a name server that does not answer keep a thread
for as long as they like. What is cut off here is what a kill cuts off, and the next start makes it good.
"""

import faulthandler
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_LOG = logging.getLogger("briefing")
#: Seconds from being told to being cut off.
PATIENCE = 9.0
#: Seconds more after which the process ends without a word, because it could not say one.
_MUTE = 0.5
#: The exit code of a process that was cut off.
_CUT_OFF = 1


@contextmanager
def ending_in_time(
    stop: Callable[[], object], over: threading.Event, busy: Callable[[], str]
) -> Iterator[None]:
    """Be a process that is gone in time once it is told, by a signal or by whoever sets the event.

    What closes things after the last work, and Python's own end, are within the time as well: once
    told, leaving this does not stop the count. Only the main thread may enter.

    Args:
        stop: what SIGTERM and SIGINT do from here on, in a thread of their own and maybe twice; sets `over`.
        over: from when the seconds are counted.
        busy: names what has not ended, for the log.
    """
    handlers = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    is_left = threading.Event()
    with _heard_in_a_thread(stop) as tell:
        for each in handlers:
            # Not in the main thread: it may hold, where it is interrupted, the very lock that `stop` takes.
            # But from there, too: an event loop that runs in it has signals told to itself (`set_wakeup_fd`).
            signal.signal(each, lambda *_: tell())
        _start("end", lambda: _count(over, is_left, busy))
        try:
            yield
        finally:
            for each, handler in handlers.items():
                signal.signal(each, handler)
            if not over.is_set():
                is_left.set()
                over.set()


@contextmanager
def _heard_in_a_thread(stop: Callable[[], object]) -> Iterator[Callable[[], object]]:
    """Hear signals also while the main thread is in a call that runs no Python, as one for a host's address.

    Yields:
        what has the thread hear of one that the main thread has noticed; it takes no lock.
    """
    heard, tell = os.pipe()
    os.set_blocking(tell, False)
    before = signal.set_wakeup_fd(tell, warn_on_full_buffer=False)

    def hear() -> None:
        while os.read(heard, 1):
            stop()
        os.close(heard)

    _start("signals", hear)
    try:
        yield lambda: os.write(tell, b"\0")
    finally:
        signal.set_wakeup_fd(before)
        os.close(tell)


def _count(over: threading.Event, is_left: threading.Event, busy: Callable[[], str]) -> None:
    over.wait()
    if is_left.is_set():
        return
    # The interpreter's own watch needs neither its lock nor a log that takes lines.
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(PATIENCE + _MUTE, exit=True, file=nowhere)
        threading.Event().wait(PATIENCE)
        _LOG.error(
            "%s did not end within %.0f seconds and is cut off; the next start makes it good",
            busy(),
            PATIENCE,
        )
        logging.shutdown()
        os._exit(_CUT_OFF)


def _start(name: str, run: Callable[[], None]) -> None:
    threading.Thread(target=run, name=name, daemon=True).start()
