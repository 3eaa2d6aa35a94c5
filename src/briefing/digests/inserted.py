"""What stands inside a text and does not belong to it: calls to action, credits, hotlines, who the writer is."""

import re
from collections.abc import Sequence, Set

from briefing.languages.words import words_of

_PHRASES = (
    "scroll down for", "show hide image", "show/hide image", "media caption", "media playback",
    "click here", "read more", "share this", "follow us", "follow him on", "follow her on",
    "follow me on", "copyright", "all rights reserved", "sign up for", "sign up to",
    "taken from the", "photograph:", "pictured above", "pictured below", "pictured left",
    "pictured right", "see also:",
)  # fmt: skip
_BIOGRAPHY = re.compile(
    r"is (?:an? |the )?(?:[a-z-]+ )?(?:editor|correspondent|columnist) (?:of|for|at) (?:the )?[A-Z]"
)
_WRITERS = frozenset({"editor", "correspondent", "columnist"})
_HOTLINE = re.compile(r"\b0[38]00 ?\d{3}")
_BEGINS_HOTLINE = ("0300", "0800")


def _by_longest_word(phrases: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        word = max(words_of(phrase), key=len)
        found[word] = (*found.get(word, ()), phrase)
    return found


#: A text without the word is not searched for the phrases.
_BY_WORD = _by_longest_word(_PHRASES)


class ArticleFurniture:
    """Tells such a sentence; what the whole text has none of, no sentence is asked for."""

    def __init__(self, text: str, words: Set[str]) -> None:
        """Take an article.

        Args:
            text: its wording.
            words: those of it, in lower case.
        """
        there = _BY_WORD.keys() & words
        lowered = text.lower() if there else ""
        self._phrases = tuple(
            phrase for word in there for phrase in _BY_WORD[word] if phrase in lowered
        )
        self._has_writer = not _WRITERS.isdisjoint(words)
        self._has_hotline = any(number in text for number in _BEGINS_HOTLINE)

    def __contains__(self, sentence: str) -> bool:
        if self._phrases and any(phrase in sentence.lower() for phrase in self._phrases):
            return True
        if self._has_hotline and _HOTLINE.search(sentence):
            return True
        return self._has_writer and bool(_BIOGRAPHY.search(sentence))
