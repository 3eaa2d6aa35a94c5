"""Signing ahead: the program that signs letters starts while they are still being frozen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from briefing.actions.context import Desk
from briefing.actions.letters.letter_writer import SIGNING_PROCESS, processes_for
from briefing.model.subscriber import Standing
from briefing.sends.letters.signing_pool import SigningProgram


@contextmanager
def signing_ahead(
    desk: Desk, letters: Callable[[], int], senders: int = 1
) -> Iterator[SigningProgram | None]:
    """The program, started where signing so many letters is worth one; else None.

    What nobody takes is ended at the end.

    Args:
        desk: the desk.
        letters: how many there may be; asked only where letters are signed.
        senders: how many post on this machine, as for `LetterWriter.signing_pool`.
    """
    program = None
    if desk.config.send.dkim and (processes := processes_for(letters(), senders)):
        program = SigningProgram.begun(SIGNING_PROCESS, processes)
    try:
        yield program
    finally:
        if program is not None:
            program.let_go()


def longest_list(desk: Desk) -> int:
    """How many readers are active on the list that has most of them."""
    counts = map(desk.store.subscribers.counts, desk.config.lists)
    return max((standing.get(Standing.ACTIVE, 0) for standing in counts), default=0)
