"""How the code asks the tables: for the row that a line is, or by a pattern put together of classes."""

import re

from briefing.articles.vocabulary.phrase import opening
from briefing.articles.vocabulary.rows import VocabularyRow
from briefing.articles.vocabulary.tables import PageVocabulary, VocabularyTable, in_use

_NAMED = re.compile(r"\{([a-z][a-z' -]*)\}")


class Finder:
    """Finds the first row of some classes whose phrase a line is, or begins with."""

    def __init__(self, table: str, *names: str) -> None:
        self._table, self._names = table, names
        self._of: PageVocabulary | None = None
        self._near: dict[str, list[tuple[re.Pattern[str], VocabularyRow]]] = {}

    def find(self, line: str) -> VocabularyRow | None:
        """The row, in the order of the file; only those that may begin like the line are compiled."""
        if self._of is not in_use():
            self._of, self._near = in_use(), {}
        start = opening(line)
        near = self._near.get(start)
        if near is None:
            known = in_use().table(self._table)
            rows = known.beginning(start, self._names)
            near = self._near[start] = [(known.pattern(row), row) for row in rows]
        for pattern, row in near:
            if pattern.search(line):
                return row
        return None


class Grammar:
    """A pattern put together of classes, compiled when it is first asked: "{paid} by"."""

    def __init__(self, table: str, written: str, flags: int = 0) -> None:
        self._table, self._written, self._flags = table, written, flags
        self._of: PageVocabulary | None = None
        self._pattern = re.compile("")

    @property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        known = in_use()
        if self._of is not known:
            self._pattern = re.compile(self._filled(known.table(self._table)), self._flags)
            self._of = known
        return self._pattern

    def _filled(self, table: VocabularyTable) -> str:
        return _NAMED.sub(lambda name: table.words(name[1]), self._written)

    def match(self, text: str) -> re.Match[str] | None:
        """As `re.Pattern.match`."""
        return self.pattern.match(text)

    def search(self, text: str, start: int = 0, end: int = 1_000_000) -> re.Match[str] | None:
        """As `re.Pattern.search`."""
        return self.pattern.search(text, start, end)
