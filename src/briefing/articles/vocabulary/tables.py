"""The vocabulary: tables of phrases (the .toml files in this folder), compiled when they are first asked.

A file is read when something asks for one of its classes, and a pattern is compiled when a line could
match it: to read and compile all of them takes a third of a second, which most commands never need.
A newsroom's own folder (`[vocabulary] path`) adds rows to files of the same names.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from briefing.articles.vocabulary.phrase import expression, openings
from briefing.articles.vocabulary.rows import (
    RowFault,
    VocabularyFile,
    VocabularyRow,
    faults_of,
    read_added,
    read_sheet,
)

HERE = Path(__file__).parent
#: The file of classes that other files use too.
COMMON = "common"


class VocabularyTable:
    """One file's rows, with those that the newsroom adds."""

    def __init__(self, name: str, sheet: VocabularyFile, vocabulary: "PageVocabulary") -> None:
        self.name, self.classes, self.rows = name, sheet.classes, sheet.rows
        self._vocabulary = vocabulary
        self._words: dict[str, str] = {}
        #: By the row itself: a newsroom's rows have the places of ours.
        self._patterns: dict[int, re.Pattern[str]] = {}
        self._openings: dict[int, frozenset[str]] = {}
        strange = next((row for row in self.rows if row.name not in self.classes), None)
        if strange:
            raise RowFault(
                f"{strange.place}: {name}.toml has no class “{strange.name}”; "
                f"take one of {', '.join(self.classes)}."
            )

    def words(self, name: str) -> str:
        """The phrases of a class as one expression, for patterns that are put together of classes."""
        if name not in self._words:
            rows = [self.expression(row) for row in self.rows if row.name == name]
            if not rows and self.name == COMMON:
                raise RowFault(f"{COMMON}.toml has no class “{name}”; mend the name in the braces.")
            shared = None if rows else self._vocabulary.table(COMMON).words(name)
            self._words[name] = shared or f"(?:{'|'.join(rows)})"
        return self._words[name]

    def phrases(self, name: str) -> tuple[str, ...]:
        """The phrases of a class as they are written, for classes of plain words."""
        return tuple(phrase for row in self.rows if row.name == name for phrase in row.phrases)

    def expression(self, row: VocabularyRow) -> str:
        """A row's phrases as one expression, without the frame of its class."""
        return self._expression(row, row.phrases)

    def _expression(self, row: VocabularyRow, phrases: tuple[str, ...]) -> str:
        try:
            return "|".join(expression(phrase, self.words) for phrase in phrases)
        except RowFault as fault:
            raise RowFault(f"{row.place}: {fault}") from fault
        except ValueError as fault:
            raise RowFault(f"{row.place}: {fault}; mend it.") from fault

    def pattern(self, row: VocabularyRow) -> re.Pattern[str]:
        """What finds a row's phrases in a line."""
        if id(row) not in self._patterns:
            barred = self._expression(row, (row.unless,)) if row.unless else ""
            unless = f"(?!.*(?:{barred}))" if barred else ""
            shape = self.classes[row.name]
            self._patterns[id(row)] = shape.pattern(self.expression(row), unless)
        return self._patterns[id(row)]

    def beginning(self, start: str, names: tuple[str, ...]) -> tuple[VocabularyRow, ...]:
        """The rows of these classes that a line with these first letters may match."""
        return tuple(row for row in self.rows if row.name in names and self._may(row, start))

    def _may(self, row: VocabularyRow, start: str) -> bool:
        if self.classes[row.name].at not in ("line", "start"):
            return True
        if id(row) not in self._openings:
            self._openings[id(row)] = frozenset().union(*map(openings, row.phrases))
        return bool(self._openings[id(row)] & {"", start})

    def faults(self) -> Iterator[str]:
        """What is wrong with the rows, by their own examples."""
        for row in self.rows:
            yield from faults_of(row, self.pattern(row))


class PageVocabulary:
    """All tables, with the rows of one newsroom."""

    def __init__(self, own: Path | None = None) -> None:
        self.own = own
        self._tables: dict[str, VocabularyTable] = {}

    def table(self, name: str) -> VocabularyTable:
        """A table, read when it is first asked."""
        if name not in self._tables:
            self._tables[name] = VocabularyTable(name, self._sheet(name), self)
        return self._tables[name]

    def tables(self) -> list[VocabularyTable]:
        """Every table there is."""
        return [self.table(path.stem) for path in sorted(HERE.glob("*.toml"))]

    def faults(self) -> Iterator[str]:
        """What is wrong with the rows of all tables, and with files that add to none."""
        names = [path.stem for path in sorted(HERE.glob("*.toml"))]
        for path in sorted(self.own.glob("*.toml")) if self.own else ():
            if path.stem not in names:
                yield (
                    f"{path.name}: there is no table of this name to add rows to; "
                    f"name the file as one of {', '.join(names)}."
                )
        for name in names:
            try:
                yield from self.table(name).faults()
            except RowFault as fault:
                yield str(fault)

    def _sheet(self, name: str) -> VocabularyFile:
        shipped = read_sheet(HERE / f"{name}.toml")
        added = self.own / f"{name}.toml" if self.own else None
        extra = read_added(added) if added and added.is_file() else ()
        return replace(shipped, rows=(*shipped.rows, *extra))


_in_use = [PageVocabulary()]


def in_use() -> PageVocabulary:
    """The vocabulary of this process."""
    return _in_use[0]


def use(own: Path | None) -> None:
    """From now on add the rows of this folder; None for the shipped ones alone.

    One process serves one newsroom, so its words are the process's: every pattern would have to be
    handed through forty functions otherwise.
    """
    if own != in_use().own:
        _in_use[0] = PageVocabulary(own)
