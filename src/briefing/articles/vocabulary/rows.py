"""Rows of the vocabulary tables, as they are read from a file and proved by their own examples."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TEXTS = ("class", "language", "source", "why")
_LISTS = ("phrase", "example", "counterexample")
_KEYS = frozenset({*_TEXTS, *_LISTS, "unless"})


#: Where a class's phrases stand, and the expression around them.
FRAMES = {
    "line": r"^{unless}(?:{words})$",
    "start": r"^\W{{0,3}}(?:{words})(?!\w){unless}",
    "word": r"(?<!\w)(?:{words})(?!\w){unless}",
    "stem": r"(?<!\w)(?:{words}){unless}",
}


class RowFault(ValueError):
    """A row that is not in order; its sentence names file, row and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyRow:
    """One entry: phrases of a class, with a line that they must find and one that they must not."""

    place: str
    name: str
    language: str
    phrases: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str
    why: str
    #: A line with this in it is not meant.
    unless: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Where the phrases of a class stand in a line, and whether capitals count."""

    at: str
    case: bool = False

    def pattern(self, words: str, unless: str = "") -> re.Pattern[str]:
        """The pattern that finds these words where the class has them."""
        framed = FRAMES[self.at].format(words=words, unless=unless)
        return re.compile(framed, 0 if self.case else re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyFile:
    """One file: the shape of each class, and the rows."""

    classes: Mapping[str, Shape]
    rows: tuple[VocabularyRow, ...]


def read_sheet(path: Path) -> VocabularyFile:
    """The classes and rows of one of our own files.

    Raises:
        RowFault: when it is not TOML, or a row is not in order.
    """
    data = _read(path, path.name)
    classes = {name: Shape(**known) for name, known in data.get("class", {}).items()}
    return VocabularyFile(classes=classes, rows=_rows(data.get("row", []), path.name))


def read_added(path: Path) -> tuple[VocabularyRow, ...]:
    """The rows of a newsroom's file, which adds to the classes that there are.

    Raises:
        RowFault: when it is not TOML, holds more than rows, or a row is not in order.
    """
    file = f"{path.parent.name}/{path.name}"
    data = _read(path, file)
    if strange := sorted(set(data) - {"row"}):
        raise RowFault(
            f"{file}: a newsroom's file holds rows and nothing else; remove “{strange[0]}”."
        )
    return _rows(data.get("row", []), file)


def _read(path: Path, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as fault:
        raise RowFault(
            f"{file}: this vocabulary file cannot be read ({fault}); mend it."
        ) from fault


def _rows(found: object, file: str) -> tuple[VocabularyRow, ...]:
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise RowFault(f"{file}: a row begins with [[row]] on a line of its own; write it so.")
    return tuple(_row(file, number, row) for number, row in enumerate(found, 1))


def _row(file: str, number: int, data: Mapping[str, Any]) -> VocabularyRow:
    place = f"{file}, row {number} ({data.get('class', 'without a class')})"
    missing = [key for key in (*_TEXTS, *_LISTS) if not data.get(key)]
    strange = sorted(set(data) - _KEYS)
    if missing:
        raise RowFault(f"{place}: it has no {missing[0]}; every row needs one, so add it.")
    if strange:
        raise RowFault(f"{place}: “{strange[0]}” is not a key of a row; remove it.")
    for key, value in data.items():
        if not (isinstance(value, str) or (key in _LISTS and _is_texts(value))):
            what = "a text or a list of texts" if key in _LISTS else "a text"
            raise RowFault(f"{place}: {key} = {value!r} is not {what}; put it in quotation marks.")
    return VocabularyRow(
        place=place,
        name=data["class"],
        language=data["language"],
        phrases=_texts(data["phrase"]),
        examples=_texts(data["example"]),
        counterexamples=_texts(data["counterexample"]),
        source=data["source"],
        why=data["why"],
        unless=data.get("unless", ""),
    )


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _texts(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def faults_of(row: VocabularyRow, pattern: re.Pattern[str]) -> Iterator[str]:
    """What is wrong with a row: an example that it does not find, or a counterexample that it does."""
    for example in row.examples:
        if not pattern.search(example):
            yield (
                f"{row.place}: it does not find its own example “{example}”. "
                "Mend the phrase or the example."
            )
    for example in row.counterexamples:
        if pattern.search(example):
            yield (
                f"{row.place}: it finds “{example}”, which it must not. "
                "Narrow the phrase or mend the counterexample."
            )
