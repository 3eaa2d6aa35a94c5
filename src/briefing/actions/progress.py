"""How long work tells whoever waits for it; the doors decide what that looks like."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Something that shows how far a piece of work has come."""

    def track(self, things: Iterable[T], label: str, total: int) -> Iterator[T]:
        """Yield the things one by one, showing each as done when the next is asked for."""
        ...

    def counting(self, label: str, total: int) -> AbstractContextManager[Callable[[], None]]:
        """Show work that is done elsewhere; what is entered is called once for each thing done."""
        ...


class Quiet:
    """Shows nothing."""

    def track(self, things: Iterable[T], label: str, total: int) -> Iterator[T]:  # noqa: ARG002
        """Yield the things one by one."""
        yield from things

    def counting(
        self,
        label: str,  # noqa: ARG002
        total: int,  # noqa: ARG002
    ) -> AbstractContextManager[Callable[[], None]]:
        """Count nothing."""
        return nullcontext(lambda: None)
