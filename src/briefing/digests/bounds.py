"""What is printed where nothing could be selected: the opening, inside its bounds."""

import re
from dataclasses import replace

from briefing.digests.candidates import Candidates
from briefing.digests.selection import STRETCH
from briefing.model.digest import Sentence

#: The flag of a sentence that is not printed to its end.
CUT = "one sentence is longer than a digest: cut at a clause, read it before you print"
_CLAUSE = re.compile(r"[,;:，、；：،؛]\s?|\s[–—-]\s")
_WORD = re.compile(r"\S+")


def opening(found: Candidates, most: int) -> tuple[Sentence, ...]:
    """The first paragraph, or as many of its sentences as the window holds.

    One sentence alone may be longer, up to `STRETCH` windows; beyond that it is cut at a clause.
    """
    if not found.sentences:
        return ()
    first = [
        at for at, paragraph in enumerate(found.paragraph_of) if paragraph == found.paragraph_of[0]
    ]
    while len(first) > 1 and sum(found.lengths[at] for at in first) > most:
        first.pop()
    sentences = tuple(found.sentences[at] for at in first)
    if sum(found.lengths[at] for at in first) > most * STRETCH:
        return (cut(sentences[0], most), *sentences[1:])
    return sentences


def cut(sentence: Sentence, most: int) -> Sentence:
    """A sentence up to its last clause inside so many words; up to the last word where it has none."""
    words = list(_WORD.finditer(sentence.text))
    if len(words) <= most:
        return sentence
    end = words[most - 1].end()
    clauses = [found.start() for found in _CLAUSE.finditer(sentence.text, 0, end)]
    if clauses and len(sentence.text[: clauses[-1]].split()) * 2 >= most:
        end = clauses[-1]
    return replace(sentence, text=sentence.text[:end], end=sentence.start + end, cut=True)
