"""The tokenizer that Sumy is handed, so that nothing is downloaded."""

import re
from collections.abc import Callable
from functools import lru_cache

from briefing.digests.sentences import split_sentences
from briefing.digests.stemming import stemmer_of, stop_words_of

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
#: The same for a sentence of nothing but ASCII, at half the time.
_PLAIN_WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")
_NAMES = {
    "en": "english", "fr": "french", "de": "german", "es": "spanish", "it": "italian",
    "pt": "portuguese", "cs": "czech", "sk": "slovak", "uk": "ukrainian", "el": "greek", "he": "hebrew",
}  # fmt: skip


class NewsTokenizer:
    """What Sumy asks of a tokenizer: sentences of a paragraph, words of a sentence."""

    def __init__(self, language: str = "en") -> None:
        self.language = language

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """The sentences of a paragraph, see `split_sentences`."""
        return split_sentences(paragraph, self.language)

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of a sentence: runs of letters, with inner apostrophes and hyphens."""
        return tuple(_words(sentence))


def _words(sentence: str) -> list[str]:
    return (_PLAIN_WORD if sentence.isascii() else _WORD).findall(sentence)


def language_name(language: str) -> str:
    """Sumy's name for a language; English where Sumy does not know it."""
    return _NAMES.get(language.lower().split("-")[0], "english")


@lru_cache(maxsize=8)
def stop_words(language: str) -> frozenset[str]:
    """Words that say nothing of a topic; none where Sumy has no list."""
    return stop_words_of(language_name(language))


@lru_cache(maxsize=8)
def stemmer(language: str) -> Callable[[str], str]:
    """Sumy's stemmer with a memory: the same words recur in every article."""
    return lru_cache(maxsize=200_000)(stemmer_of(language_name(language)))


@lru_cache(maxsize=8)
def _meaning(language: str) -> Callable[[str], str]:
    """The stem of a word as written, empty for a stop word; remembered, so that it costs a look-up."""
    stem, stops = stemmer(language), stop_words(language)

    def meaning(word: str) -> str:
        lowered = word.lower()
        return "" if lowered in stops else stem(lowered)

    return lru_cache(maxsize=400_000)(meaning)


@lru_cache(maxsize=2048)
def stems_of(sentence: str, language: str) -> tuple[str, ...]:
    """The stems of a sentence's words without stop words; rating and choosing both ask for them."""
    return tuple(filter(None, map(_meaning(language), _words(sentence))))
