"""The tokenizer that Sumy is handed, so that nothing is downloaded."""

from collections.abc import Callable
from functools import lru_cache

from briefing.digests.sentences import split_sentences
from briefing.digests.stemming import stemmer_of, stop_words_of
from briefing.languages.table import language as tables_of
from briefing.languages.words import words_of

#: So many words are remembered with their stems; no language of a newsroom has more in a month.
_REMEMBERED = 200_000


class NewsTokenizer:
    """What Sumy asks of a tokenizer: sentences of a paragraph, words of a sentence."""

    def __init__(self, language: str = "en") -> None:
        self.language = language

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """The sentences of a paragraph, see `split_sentences`."""
        return split_sentences(paragraph, self.language)

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """The words of a sentence, see `words_of`."""
        return tuple(words_of(sentence))


@lru_cache(maxsize=8)
def stop_words(language: str) -> frozenset[str]:
    """Words that say nothing of a topic; none where Sumy has no list or the language no table."""
    found = tables_of(language)
    return stop_words_of(found.stop_words) if found and found.stop_words else frozenset()


@lru_cache(maxsize=8)
def stemmer(language: str) -> Callable[[str], str]:
    """Sumy's stemmer with a memory: the same words recur in every article. The word itself where it has none."""
    found = tables_of(language)
    if not found or not found.stemmer:
        return str.lower
    return lru_cache(maxsize=200_000)(stemmer_of(found.stemmer))


class _Meanings(dict[str, str]):
    """The stem of each word in lower case, empty for a stop word.

    A dictionary and no `lru_cache`: that puts its whole list in order at every look-up, of which an
    article takes five hundred.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._stem, self._stops = stemmer(language), stop_words(language)

    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[word] = "" if word in self._stops else self._stem(word)
        return found


@lru_cache(maxsize=8)
def _meaning(language: str) -> Callable[[str], str]:
    return _Meanings(language).__getitem__


@lru_cache(maxsize=2048)
def lower_words(sentence: str) -> tuple[str, ...]:
    """The words of a sentence in lower case; stems and pairs both ask for them."""
    return tuple(words_of(sentence.lower()))


@lru_cache(maxsize=2048)
def stems_of(sentence: str, language: str) -> tuple[str, ...]:
    """The stems of a sentence's words without stop words; rating and choosing both ask for them."""
    return tuple(filter(None, map(_meaning(language), lower_words(sentence))))


@lru_cache(maxsize=2048)
def distinct_stems_of(sentence: str, language: str) -> frozenset[str]:
    """The same, each once."""
    return frozenset(stems_of(sentence, language))
