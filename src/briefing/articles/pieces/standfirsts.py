"""Which line between a headline and its text is the standfirst: the rules that tell it from the text."""

import re
from statistics import median

from briefing.articles.lines.line import STANDFIRST_WORDS, Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.pieces.sections import CLOSED, is_cut
from briefing.articles.text.dates import date_line

_ITEM = re.compile(r"^(?:[•·▪●◦*–-]\s+|\d{1,2}[.)]\s+)")
_SPOKEN = re.compile(r"[\"”’,] ?(?:\w+ ){0,3}(?:said|says|asked|told|adds?|added)\b", re.IGNORECASE)
#: "26/0417 Mill House": an item of a list, where the next line begins so as well.
_NUMBERED, _FIGURES = re.compile(r"\S*\d\S*\s"), re.compile(r"\d+")
#: "Present: Ann Lee (chair), Bo Ray.": a word, and whom it names.
_ATTENDANCE = re.compile(r"^[^\W\d_]+: [^.]*,.*\.$")
_SUBHEAD_WORDS, _NAME_WORDS = 10, 5
#: "Juno Marsh, Wexcombe": below a letter to the editor.
_SENDER = re.compile(
    r"^[A-ZÀ-Þ][\w’'.-]*(?: [A-ZÀ-Þ][\w’'.-]*){1,4}, [A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+){0,2}$"
)
#: So few words over a text are a subhead, a day or a name.
_FEWEST = 2
#: A line of more words is a standfirst only if it is that much shorter than the paragraphs.
_LONG_STANDFIRST, _SHORTER, _PARAGRAPHS = 18, 0.8, 6


def is_standfirst(rest: list[Line], *, signed: bool) -> bool:
    """Short and shorter than the paragraph below; in doubt it stays in the body."""
    is_text = bool(rest) and rest[0].kind is LineKind.TEXT
    if not is_text or not _FEWEST < rest[0].words <= STANDFIRST_WORDS:
        return False
    first = rest[0]
    if is_cut(first):
        return True
    below = next(
        (
            line
            for line in rest[1:]
            if line.kind is LineKind.TEXT
            and line.text != first.text
            and line.words > _SUBHEAD_WORDS
        ),
        None,
    )
    if (
        below is None
        or _is_house_or_subhead(rest)
        or len(first.text) >= len(below.text)
        or _ITEM.match(first.text)
    ):
        return False
    if rest[1].text == first.text or _stands_over_head(rest):
        return True
    if signed:
        return not CLOSED.search(first.text) and first.words > 3  # noqa: PLR2004 - below the by-line the text begins
    if first.words >= _LONG_STANDFIRST and not _stands_out(first, rest[1:]):
        return False
    return not (
        first.text.endswith(":") or _SPOKEN.search(first.text) or _ATTENDANCE.match(first.text)
    )


def _stands_over_head(rest: list[Line]) -> bool:
    """A sentence with the by-line or the day below it: those stand over the text."""
    line = rest[1]
    is_head = line.kind is LineKind.BYLINE or line.days[0] is not None
    return is_head and rest[0].words > _SUBHEAD_WORDS


def is_first_subhead(rest: list[Line], place: int) -> bool:
    """It is glued over a paragraph, as other short lines further down are."""
    heads = [
        at
        for at in range(place, len(rest) - 1)
        if rest[at].kind is LineKind.TEXT
        and not rest[at].is_prose
        and rest[at + 1].glued
        and rest[at + 1].is_prose
    ]
    has_words = not rest[place].text.isdigit()
    return has_words and len(heads) > 1 and heads[0] == place and not rest[heads[1]].glued


def _is_house_or_subhead(rest: list[Line]) -> bool:
    """A name over a day or a by-line, or words in capitals of which the text has more, is not a standfirst."""
    first = rest[0]
    if len(rest) > 1 and rest[1].kind is LineKind.TEXT and _SENDER.match(rest[1].text):
        return True
    if (
        len(rest) > 1
        and rest[1].kind in (LineKind.DATE, LineKind.BYLINE)
        and first.words <= _NAME_WORDS
        and first.facts.is_name
    ):
        return True
    if first.words <= _NAME_WORDS and is_first_subhead(rest, 0):
        return True
    if len(rest) > 1 and (number := _NUMBERED.match(first.text)):
        return _FIGURES.sub("#", number[0]) == _FIGURES.sub("#", rest[1].text[: number.end()])
    return first.text.isupper() and any(_is_upper_head(line) for line in rest[2:])


def _is_upper_head(line: Line) -> bool:
    return line.text.isupper() and line.is_headline and not date_line(line.text)


def _stands_out(first: Line, below: list[Line]) -> bool:
    """Clearly shorter than the paragraphs are: else it is the first of them."""
    lengths = [len(line.text) for line in below if line.is_prose][:_PARAGRAPHS]
    return not lengths or len(first.text) <= _SHORTER * median(lengths)
