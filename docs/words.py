"""Which row of the vocabulary fires on which page, and which never does. Usage: make words.

A row fires on a page when its phrase stands in a line of it, where its class has it. The pages are those
of seeds/ and tests/articles/pages, or the files that are named: `python -m docs.words FILE...`. A row
that no page has is kept for a law or a language; its own example proves it.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from briefing.articles.lines.line import lines_of
from briefing.articles.vocabulary.rows import VocabularyRow
from briefing.articles.vocabulary.tables import VocabularyTable, in_use

ROOT = Path(__file__).parents[1]
SHOWN = 3


def main() -> None:
    pages = {path.stem: _lines(path) for path in _files()}
    tables = in_use().tables()
    never = 0
    for table in tables:
        for row in table.rows:
            found = [name for name, lines in pages.items() if _fires(table, row, lines)]
            never += not found
            where = ", ".join(found[:SHOWN]) + (" …" if len(found) > SHOWN else "")
            print(f"{len(found):>4}  {row.place}, {row.language}: {where or row.why}")
    rows = sum(len(table.rows) for table in tables)
    print(f"{rows} rows in {len(tables)} tables on {len(pages)} pages; {never} on none of them.")


def _files() -> Iterator[Path]:
    if sys.argv[1:]:
        yield from map(Path, sys.argv[1:])
        return
    for folder in (ROOT / "seeds", ROOT / "tests" / "articles" / "pages"):
        yield from sorted(folder.rglob("*.txt"))


def _lines(path: Path) -> list[str]:
    return [line.text for line in lines_of(path.read_text("utf-8", "replace"))]


def _fires(table: VocabularyTable, row: VocabularyRow, lines: list[str]) -> bool:
    pattern = table.pattern(row)
    return any(pattern.search(line) for line in lines)


if __name__ == "__main__":
    main()
