"""What a design says of itself: the blocks it prints, in its order, and how many stories each holds."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from briefing.errors import TemplateError, why
from briefing.model.edition import STORY_BLOCKS, BlockKind

_FILE = "design.toml"
_KEYS = ("blocks", "most", "pictures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A design's declaration. One without `design.toml` prints all stories as one list."""

    folder: Path
    #: In print order; empty in a design of one list.
    blocks: tuple[BlockKind, ...] = ()
    #: How many stories that nobody placed a block takes; one without a figure takes the rest.
    most: dict[BlockKind, int] = field(default_factory=dict)
    #: Blocks whose stories are printed with their picture.
    pictures: tuple[BlockKind, ...] = ()


def design_of(folder: Path) -> Design:
    """Read what a design declares.

    Raises:
        TemplateError: with file and line, for a block that no edition has, or one named twice.
    """
    path = folder / _FILE
    if not path.exists():
        return Design(folder=folder)
    try:
        return _read(path, path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TemplateError(
            f"cannot be read: {why(error)}.", path=path, line=_line(error)
        ) from error


# What was read is not read again; a fault is found again each time.
@lru_cache(maxsize=16)
def _read(path: Path, text: str) -> Design:
    table = tomllib.loads(text)
    fault = _fault(table)
    if fault:
        word, sentence = fault
        raise TemplateError(sentence, path=path, line=_line_of(text, word))
    most = {BlockKind(name): count for name, count in table.get("most", {}).items()}
    return Design(
        folder=path.parent,
        blocks=tuple(map(BlockKind, table["blocks"])),
        most=most,
        pictures=tuple(map(BlockKind, table.get("pictures", ()))),
    )


def _fault(table: dict[str, object]) -> tuple[str, str] | None:
    """The word at fault and what is wrong with it."""
    for key in table:
        if key not in _KEYS:
            return key, f"{key!r} says nothing about a design; known: {', '.join(_KEYS)}."
    names, most = table.get("blocks"), table.get("most", {})
    if not isinstance(names, list) or not isinstance(most, dict):
        return "blocks", 'write blocks = ["lead", ...] and a table [most] of figures.'
    return _fault_of_names(names, most) or _fault_of_pictures(table.get("pictures", []), names)


def _fault_of_names(names: list[str], most: dict[str, object]) -> tuple[str, str] | None:
    for name in (*names, *most):
        if name not in tuple(BlockKind):
            known = ", ".join(BlockKind)
            return str(name), f"there is no block {name!r}; known: {known}."
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        return twice, f"the block {twice!r} stands there twice; name it once."
    if BlockKind.LEAD not in names:
        return "blocks", "there is no block 'lead'; every edition has one."
    for name, count in most.items():
        if name not in STORY_BLOCKS or not isinstance(count, int) or count < 0:
            return name, f"{name} = {count!r}: say how many stories it holds, as in {name} = 4."
    return None


def _fault_of_pictures(pictures: object, names: list[str]) -> tuple[str, str] | None:
    if not isinstance(pictures, list):
        return "pictures", 'write pictures = ["lead"]: the blocks whose stories have one.'
    for name in pictures:
        if name not in names or name not in STORY_BLOCKS:
            return (
                "pictures",
                f"the design prints no stories in {name!r}; it has no picture either.",
            )
    return None


def _line_of(text: str, word: str) -> int:
    return text[: max(0, text.find(word))].count("\n") + 1


def _line(error: Exception) -> int | None:
    found = re.search(r"at line (\d+)", str(error))
    return int(found[1]) if found else None
