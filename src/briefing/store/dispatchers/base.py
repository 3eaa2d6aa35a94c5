"""The port of whatever hands out the work of delivering: a task says which edition, and no more."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection

#: Delivers what is due of an edition for a while; True when more is left to do by now.
Deliver = Callable[[str, int], bool]
#: The editions with letters due that nobody holds.
Waiting = Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Task:
    """Deliver an edition, next to `shard` others who do the same.

    It carries no readers: whoever works at it takes rows of the ledger for itself. So a task that
    is lost is made again by the next sweep, and one that comes twice finds nothing left to do.
    """

    edition: str
    shard: int


class Dispatcher(Protocol):
    """Hands out tasks."""

    def dispatch(self, connection: Connection, edition: str) -> None:
        """Ask for an edition to be delivered, once this transaction is committed.

        What is asked for already is not asked for twice.
        """
        ...

    def work(self, deliver: Deliver, waiting: Waiting, until: Callable[[], bool]) -> None:
        """Do tasks as they come until told so; the one at hand is done first.

        From time to time it sweeps: editions that wait and have no task get one, and tasks whose
        worker died are handed out again.

        Raises:
            StoreError: when the queue cannot be read.
        """
        ...

    def tasks(self) -> tuple[Task, ...]:
        """What waits to be worked at, and what is being worked at.

        Raises:
            StoreError: when the queue cannot be read.
        """
        ...
