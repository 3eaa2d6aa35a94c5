"""Signing ahead: the program that signs letters starts while they are still being frozen."""

from collections.abc import Iterator
from contextlib import contextmanager

from briefing.actions.context import Desk
from briefing.actions.letters.letter_writer import SIGNING_PROCESS, processes_for
from briefing.model.subscriber import Standing
from briefing.sends.letters.signing_pool import SigningProgram


@contextmanager
def signing_ahead(desk: Desk) -> Iterator[SigningProgram | None]:
    """The program, started where a list is so long that signing its letters is worth one; else None.

    What nobody takes is ended at the end.
    """
    program = None
    if desk.config.send.dkim and (processes := processes_for(_longest_list(desk))):
        program = SigningProgram.begun(SIGNING_PROCESS, processes)
    try:
        yield program
    finally:
        if program is not None:
            program.let_go()


def _longest_list(desk: Desk) -> int:
    counts = map(desk.store.subscribers.counts, desk.config.lists)
    return max((standing.get(Standing.ACTIVE, 0) for standing in counts), default=0)
