"""Lines of two columns, as `48% | Labour` or `10:30 | Questions to the minister`, and how long a bar is."""

import re
from dataclasses import dataclass

#: Between the columns of a line.
_BAR = re.compile(r"\s*\|\s*")
#: A figure at its beginning: "33", "1,204", "3.5"; what follows is its unit.
_FIGURE = re.compile(r"(?P<before>[^\d\w]*)(?P<number>\d+(?:[.,\u00a0\u202f ]\d+)*)(?P<unit>.*)")
#: Percent of a bar's room below which nothing would be seen.
_SHORTEST_BAR = 1


@dataclass(frozen=True, slots=True)
class Columns:
    """The lines of two columns of a text, and what else stands in it."""

    rows: tuple[tuple[str, str], ...]
    #: Paragraphs without columns, in Markdown.
    rest: str


def columns_of(text: str) -> Columns:
    """Part a text into its lines of two columns and the rest."""
    rows: list[tuple[str, str]] = []
    rest: list[str] = []
    for line in text.splitlines():
        left, bar, right = line.partition("|")
        if bar and left.strip() and right.strip():
            rows.append((left.strip(), _BAR.sub(" | ", right.strip())))
        else:
            rest.append(line)
    return Columns(tuple(rows), "\n".join(rest).strip())


def shares(figures: tuple[str, ...]) -> tuple[int, ...]:
    """How much of its room each figure's bar takes, in whole percent of the largest; empty without bars.

    Of percentages the room is a hundred, if none is more: a bar of 33% that fills it would look like all of them.
    One figure alone, figures of different units and words have no bars.
    """
    found = [_FIGURE.fullmatch(figure) for figure in figures]
    read = [one for one in found if one]
    units = {(one["before"].strip(), one["unit"].strip()) for one in read}
    if len(figures) < 2 or len(read) != len(figures) or len(units) != 1:  # noqa: PLR2004
        return ()
    values = [_value(one["number"]) for one in read]
    most = max(*values, 100 if units == {("", "%")} else 0)
    return tuple(max(_SHORTEST_BAR, round(100 * value / most)) for value in values) if most else ()


def _value(number: str) -> float:
    """A figure as written in any of our languages: three digits behind a mark are thousands."""
    bare = re.sub(r"[\u00a0\u202f ]", "", number)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", bare):
        return float(re.sub(r"[.,]", "", bare))
    whole, _, part = bare.replace(",", ".").rpartition(".")
    return float(f"{whole.replace('.', '')}.{part}" if whole else part)
