"""The words of a text in any script."""

import re
from itertools import islice

from briefing.model.digest import UNSPACED, UNSPACED_SIGN

#: Signs that belong to the letter before them: accents on their own, Arabic vowels, Devanagari vowels.
_SIGNS = "\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
_RUN = rf"[^\W\d_]+(?:[{_SIGNS}]+[^\W\d_]*)*"
#: Runs of letters with their signs, inner apostrophes and hyphens.
WORD = re.compile(rf"{_RUN}(?:[’'-]{_RUN})*")
#: The same parted at apostrophes: "l’accuse" is two words of French, "cyhuddo’r" two of Welsh.
PART = re.compile(rf"{_RUN}(?:-{_RUN})*")
#: Words for a text of nothing but ASCII, at half the time.
_PLAIN_WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")
#: What counts as a word: two characters of these scripts with the marks around them, else what spaces part.
_COUNTED = re.compile(rf"{UNSPACED_SIGN}{{1,2}}[^\w\s]*|(?:(?!{UNSPACED_SIGN})\S)+")


def words_of(text: str) -> list[str]:
    """Runs of letters with inner apostrophes and hyphens; each two neighbours where no space parts words.

    Pairs of characters find most words of Chinese and Japanese without a dictionary, and are what search
    engines index (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2.2.1).
    """
    if text.isascii():
        return _PLAIN_WORD.findall(text)
    words: list[str] = WORD.findall(text)
    if not UNSPACED.search(text):
        return words
    return [piece for word in words for piece in _pieces(word)]


def end_of_words(text: str, most: int) -> int:
    """Where the first so many words of a text end, as `count_words` counts; its length when it has no more."""
    last = next(islice(_COUNTED.finditer(text), most - 1, None), None)
    return last.end() if last else len(text)


def _pieces(word: str) -> list[str]:
    found = []
    for run in UNSPACED.finditer(word):
        characters = run[0]
        found += [characters[at : at + 2] for at in range(max(1, len(characters) - 1))]
    rest = UNSPACED.sub(" ", word).split()
    return found + rest
