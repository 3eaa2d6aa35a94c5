"""What the first test of a process, or its first command, would wait for: done once, where it is forked.

The program imports what it needs when it needs it, makes the tables of a new house, and compiles patterns,
statements and designs: two seconds of computing until the first edition is sent.
"""

import gc
import threading
from pathlib import Path

from tests.desks import act
from tests.newsrooms import new_house
from tests.quick_files import share_what_houses_have_in_common
from tests.sandbox.done_here import done_here

from briefing.actions.progress import Quiet
from briefing.actions.schedule.run_slot import run_slot

#: Seconds that a thread of the run may take to end once it has nothing left to do.
_PATIENCE = 30


def warm(folder: Path) -> None:
    """Send an edition of a new house in this process; whatever is forked from it afterwards knows how."""
    folder.mkdir(exist_ok=True)
    share_what_houses_have_in_common(folder)
    with done_here():  # a confined process would learn it, and end
        act(run_slot, new_house(folder / "house"), "staggers", Quiet())
    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            thread.join(_PATIENCE)
    assert threading.active_count() == 1, "a thread of this process is in none of its forks"
    gc.collect()
    gc.freeze()
