"""A function of a test that carries what else the test asks of it."""

from collections.abc import Callable
from typing import Any


class Noted:
    """Call it as the function; its other attributes are notes."""

    def __init__(self, called: Callable[..., Any], **notes: Any) -> None:
        """Begin with these notes."""
        self.__dict__.update(notes, _called=called)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call the function."""
        return self._called(*arguments, **named)

    def __setattr__(self, name: str, value: Any) -> None:
        """Write a note."""
        self.__dict__[name] = value

    def __getattr__(self, name: str) -> Any:
        """A note that is not there."""
        raise AttributeError(name)
