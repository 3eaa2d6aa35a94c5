"""How long work tells whoever waits for it; the doors decide what that looks like."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol, TypeVar

T = TypeVar("T")


def one(_: object) -> int:
    """What a thing counts as that stands for itself."""
    return 1


class Progress(Protocol):
    """Something that shows how far a piece of work has come."""

    def track(
        self, things: Iterable[T], label: str, total: int, size: Callable[[T], int] = one
    ) -> Iterator[T]:
        """Yield the things one by one, showing each as done when the next is asked for.

        Args:
            things: what is worked on.
            label: what is done with them.
            total: how many there are.
            size: as how many of them one counts.
        """
        ...

    def counting(self, label: str, total: int) -> AbstractContextManager[Callable[[], None]]:
        """Show work that is done elsewhere; what is entered is called once for each thing done."""
        ...


class Quiet:
    """Shows nothing."""

    def track(
        self,
        things: Iterable[T],
        label: str,  # noqa: ARG002
        total: int,  # noqa: ARG002
        size: Callable[[T], int] = one,  # noqa: ARG002
    ) -> Iterator[T]:
        """Yield the things one by one."""
        yield from things

    def counting(
        self,
        label: str,  # noqa: ARG002
        total: int,  # noqa: ARG002
    ) -> AbstractContextManager[Callable[[], None]]:
        """Count nothing."""
        return nullcontext(lambda: None)
