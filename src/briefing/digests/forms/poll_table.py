"""A poll with its table: the rows are not sentences; the report of it is news, with its margin of error."""

import re

from briefing.digests.forms.form import Layout, TextBlock, TextStructure

_NUMBER = re.compile(r"[-+−]?\d+(?:[.,]\d+)?%?")
#: Fewer rows are not a table; a row has so many figures, and no more words than this.
_FEW, _FIGURES, _LONGEST = 3, 1, 9


def lay_out(reading: TextStructure) -> Layout | None:
    """The report without the rows."""
    rows = [block for block in reading.unended if _is_row(block)]
    if len(rows) < _FEW or len(rows) == len(reading.blocks):
        return None
    begins, ends = rows[0].places.start, rows[-1].places.stop
    head = {place: "a row of a table" for block in rows for place in block.places}
    # Between the rows stand those without a figure: the head of the table, a name alone.
    between = {
        place: "a row of a table"
        for block in reading.unended
        if begins - 1 <= block.places.start < ends
        for place in block.places
    }
    count = len(reading.spans)
    return Layout(
        form="poll table",
        spans=reading.spans,
        order=[place for place in range(count) if place not in head | between],
        against=head | between,
    )


def _is_row(block: TextBlock) -> bool:
    words = block.text.split()
    figures = sum(bool(_NUMBER.fullmatch(word)) for word in words)
    return figures >= _FIGURES and figures * 3 >= len(words) and len(words) <= _LONGEST
