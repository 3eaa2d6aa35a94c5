"""Which line of a head is the headline: a name above it says nothing that the text says, the headline does.

A site's name, a section or a series stands over the headline in words that nobody can list. What tells them apart
is the text: a headline's words come again in it, and what stands below the headline goes on from it.
"""

import re
from collections.abc import Sequence

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind

#: No name above a headline has more words; one that nothing else proves has few.
_LONGEST, _SHORT, _LONGEST_DATED = 8, 3, 12
#: So many names stand over one headline at most; and the words of a headline that only its text follows.
_NAMES, _HEADLINE = 3, (5, 14)
#: A headline shares so many of its words with the text; over a standfirst or below names with signs, fewer.
_SHARED, _PARTED_SHARED = 2, 1
#: A headline shares so many times the words that the name above it does.
_MORE = 3
#: "FEATURE | Biology", "Notes from the back row ***", "Slow Letters #88": signs next to names, or a number.
_PARTED = re.compile(r"\s(?:[|•·/§~*>›→]{1,3}|::+|\.{3,}|…|--)(?=\s|$)|\s#\d+$")
#: "T H E L A N T E R N".
_SPACED = re.compile(r"^(?:[^\W\d_] ){3,40}[^\W\d_]$")
#: "Harle Rovers 0 Tolby Town 0", "Harle Rovers 2-1 Tolby Town": what a match came to.
_RESULT = re.compile(
    r"^[^\W\d][^\d]* \d{1,3}(?:[-–:]\d{1,3} [^\W\d][^\d]*| [^\W\d][^\d]* \d{1,3})$"
)
_SENTENCE = re.compile(r"[.!?:,;]['\"”’)]*$")


def names_over_headline(rest: Sequence[Line]) -> int:
    """How many of the first lines stand over the headline, as the lines below them and the text prove."""
    if not rest or rest[0].kind is not LineKind.TEXT:
        return 0
    end = next((at for at, line in enumerate(rest) if line.is_prose and not line.is_headline), 0)
    head = [at for at in range(end) if rest[at].kind is LineKind.TEXT]
    told = _words(rest[end:])
    for count, at in enumerate(head[1 : _NAMES + 1], 1):
        between = {line.kind for line in rest[head[count - 1] + 1 : at]}
        is_told = LineKind.DATE not in between or _is_parted(rest[head[count - 1]])
        if LineKind.BYLINE in between or not is_told or not _may_be_name(rest[head[count - 1]]):
            return 0
        names, below = [rest[place] for place in head[:count]], [rest[one] for one in head[count:]]
        if _is_headline(below, names, told) and _are_names(rest, names, below):
            return at
    return 0


def _words(lines: Sequence[Line]) -> frozenset[str]:
    return frozenset[str]().union(*(line.facts.words for line in lines if line.is_prose))


def _may_be_name(line: Line) -> bool:
    if line.facts.last_day:
        return line.words <= _LONGEST_DATED
    is_short = line.words <= _LONGEST or _SPACED.match(line.text) is not None
    return is_short and (_is_parted(line) or not _SENTENCE.search(line.text))


def _is_parted(line: Line) -> bool:
    if _PARTED.search(line.text) or _SPACED.match(line.text) or _RESULT.match(line.text):
        return True
    return line.facts.last_day is not None


def _is_headline(below: Sequence[Line], names: Sequence[Line], text: frozenset[str]) -> bool:
    """Of a headline's length, and the text takes up its words, not those of the names above it."""
    line = below[0]
    is_over_standfirst = bool(below[1:]) and below[1].words > line.words
    plain = [name for name in names if not _is_parted(name)]
    shortest = max([_HEADLINE[0] if names[-1] in plain else _SHORT, *(one.words for one in plain)])
    if not line.is_headline or line.words < shortest:
        return False
    told = len(line.facts.words & text)
    fewest = _PARTED_SHARED if is_over_standfirst or _is_parted(names[-1]) else _SHARED
    return told >= fewest and all(
        len(name.facts.words & text) * _weight(name) <= told for name in names
    )


def _weight(name: Line) -> int:
    """What the words of a name count: a house's may be the text's own, and so are those of a result."""
    if _RESULT.match(name.text):
        return 0
    parts = _PARTED.split(name.text)
    is_row = len(parts) > 1 and all(len(part.split()) <= _SHORT for part in parts)
    return 1 if is_row else _MORE


def _are_names(rest: Sequence[Line], names: Sequence[Line], below: Sequence[Line]) -> bool:
    """The last of them is not a headline: parted, over a label, over head and standfirst, or repeated."""
    last, headline = names[-1], below[0]
    if _is_parted(last) or rest[1].kind is LineKind.LABEL or _repeats(names):
        return True
    if headline.words <= last.words:
        return False
    if below[1:] and below[1].words > headline.words:
        return True
    is_upper = last.text.isupper() and not headline.text.isupper()
    return (is_upper or last.words <= _SHORT) and headline.words <= _HEADLINE[1]


def _repeats(names: Sequence[Line]) -> bool:
    """A series and its name again: "Morning Line", "Heard on Morning Line"."""
    above = frozenset[str]().union(*(line.facts.words for line in names[:-1]))
    return bool(names[-1].facts.words & above)
