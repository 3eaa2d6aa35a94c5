"""What a cell of a list says: a name, tags."""

import csv
from functools import lru_cache

from briefing.subscribers.exporting import unguarded

_LONGEST_NAME = 200
#: Cells of tags up to this length are remembered, because a list has few, again and again.
_SHORT = 100


def name_in(cell: str) -> str:
    """A name on one line, without what a spreadsheet was kept from running by."""
    name = " ".join(cell.split())
    if name.startswith("'"):
        name = " ".join(unguarded(cell.strip()).split())
    return name[:_LONGEST_NAME]


def names_in(cells: list[str]) -> list[str]:
    """What `name_in` says of each cell; most are as they should be, which is seen of all of them at once."""
    text = " ".join(filter(None, cells))
    as_is = text == " ".join(text.split()) and " '" not in text and not text.startswith("'")
    if as_is and max(map(len, cells), default=0) <= _LONGEST_NAME:
        return cells
    return [name_in(cell) for cell in cells]


def tags_of(cells: list[str], own: bool) -> list[tuple[str, ...]]:  # noqa: FBT001 - as the plan says
    """What `tags_in` says of each cell; each that differs is looked at once."""
    found = {cell: tags_in(cell, own) for cell in {*cells}}
    return [found[cell] for cell in cells]


def tags_in(cell: str, own: bool) -> tuple[str, ...]:  # noqa: FBT001 - as the plan says
    """The tags of a cell; `own` says that the file is an export of this program."""
    return (_known_tags if len(cell) <= _SHORT else _split_tags)(cell, own)


def _split_tags(cell: str, own: bool) -> tuple[str, ...]:  # noqa: FBT001
    """The tags of a cell: between semicolons as we write them, elsewhere between commas too."""
    written = unguarded(cell.strip())
    if ";" in written or own or not ("," in written or '"' in written):
        parts = written.split(";") if ";" in written else [written]
        tags = (tag.strip() for tag in parts)
    else:
        quoted = next(csv.reader((written,), skipinitialspace=True), [])
        tags = (" ".join(tag.strip(' "').split()) for tag in quoted)
    return tuple(dict.fromkeys(tag for tag in tags if tag))


_known_tags = lru_cache(maxsize=1_000)(_split_tags)
