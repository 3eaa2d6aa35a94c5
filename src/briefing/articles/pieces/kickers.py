"""Which line of a head is the headline: a name above it says nothing that the text says, the headline does.

A site's name, a section or a series stands over the headline in words that nobody can list. What tells them apart
is the text: a headline's words come again in it, and what stands below the headline goes on from it.
"""

import re
from collections.abc import Sequence

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.text.shared_words import words_of_passage

#: No name above a headline has more words.
_LONGEST, _SHORT = 6, 3
#: From so many to so many words has a headline that nothing but its text follows.
_HEADLINE = (5, 14)
#: A headline shares so many of its words with the text; below names with a sign between them, fewer.
_SHARED, _PARTED_SHARED = 2, 1
#: A headline shares so many times the words that the name above it does.
_MORE = 3
#: A stroke, a dot, a row of dots or colons between two names, or the number of an issue.
_PARTED = re.compile(r"\s(?:[|•·/§]+|//|::+|\.\.\.+|…|--)\s|\s#\d+$")
_SENTENCE = re.compile(r"[.!?:,;]['\"”’)]*$")


def stands_over_headline(rest: Sequence[Line]) -> bool:
    """True for a first line that is a name over the headline, as the lines below and the text prove."""
    end = next((at for at, line in enumerate(rest) if line.is_prose), 0)
    below = [line for line in rest[1:end] if line.kind is LineKind.TEXT]
    if not below or not _may_be_name(rest[0], below[0]):
        return False
    text = frozenset[str]().union(
        *(words_of_passage(line.text) for line in rest[end:] if line.is_prose)
    )
    mine, told = (len(words_of_passage(line.text) & text) for line in (rest[0], below[0]))
    parted = _PARTED.search(rest[0].text) is not None
    if told < (_PARTED_SHARED if parted else _SHARED) or mine * _MORE > told:
        return False
    return parted or _is_name(rest, below)


def _may_be_name(first: Line, headline: Line) -> bool:
    if first.kind is not LineKind.TEXT or first.words > _LONGEST or _SENTENCE.search(first.text):
        return False
    return headline.is_headline and headline.words > first.words and headline.words >= _HEADLINE[0]


def _is_name(rest: Sequence[Line], below: Sequence[Line]) -> bool:
    """It is in capitals over a line that is not, over a label, or short over a headline's length."""
    first, headline = rest[0], below[0]
    if first.text.isupper() and not headline.text.isupper():
        return True
    if rest[1].kind is LineKind.LABEL or (below[1:] and below[1].words > headline.words):
        return True
    return first.words <= _SHORT and headline.words <= _HEADLINE[1]
