"""A list as tests look at it: one row after the other."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from briefing.subscribers.importing import read_parts
from briefing.subscribers.list_rows import GoodRows, Part, ReadOptions, Row


def read_rows(path: Path, reading: ReadOptions | None = None) -> Iterator[Row]:
    """The rows of a file."""
    return in_rows(read_parts(path, reading))


def in_rows(parts: Iterable[Part]) -> Iterator[Row]:
    """What parts of a file say, row by row."""
    for part in parts:
        if isinstance(part, GoodRows):
            yield from zip(part.lines, part.emails, part.keys, part.names, part.tags, strict=True)
        else:
            yield part
