"""What is printed where nothing could be selected: the opening, inside its bounds."""

import re
from dataclasses import replace

from briefing.digests.candidates import LONGEST_WORD, Candidates
from briefing.digests.selection import STRETCH
from briefing.languages.words import end_of_words
from briefing.model.digest import Sentence, count_words

#: The flag of a sentence that is not printed to its end.
CUT = "one sentence is longer than a digest: cut where a clause or a word ends, read it before you print"
#: A line of the next paragraphs may be short; nothing else may speak against it.
_SHORT = ("", "too short")
_CLAUSE = re.compile(r"[,;:，、；：،؛]\s?|\s[–—-]\s")


def opening(found: Candidates, words: tuple[int, int]) -> tuple[Sentence, ...]:
    """The first paragraph, as far as the window holds it; where its lines are short, the next ones too.

    One sentence alone may be longer, up to `STRETCH` windows; beyond that it is cut at a clause.
    """
    if not found.texts:
        return ()
    least, most = words
    taken, length = [0], found.lengths[0]
    for at in range(1, len(found.texts)):
        is_first = found.paragraph_of[at] == found.paragraph_of[0]
        if length + found.lengths[at] > most or (length >= least and not is_first):
            break
        if is_first or found.against[at] in _SHORT:
            taken.append(at)
            length += found.lengths[at]
    if length > most * STRETCH:
        return (cut(found.sentence(0), most),)
    return tuple(map(found.sentence, taken))


def cut(sentence: Sentence, most: int) -> Sentence:
    """A sentence up to its last clause inside so many words; up to the last word where it has none."""
    end = min(end_of_words(sentence.text, most), most * LONGEST_WORD)
    if end == len(sentence.text):
        return sentence
    clauses = [found.start() for found in _CLAUSE.finditer(sentence.text, 0, end)]
    if clauses and count_words(sentence.text[: clauses[-1]]) * 2 >= most:
        end = clauses[-1]
    return replace(sentence, text=sentence.text[:end], end=sentence.start + end, cut=True)
