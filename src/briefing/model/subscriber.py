"""A subscriber: somebody who asked for the briefing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriber:
    """One reader of a list."""

    email: str
    name: str = ""
    tags: tuple[str, ...] = ()
