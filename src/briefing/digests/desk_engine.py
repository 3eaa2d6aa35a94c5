"""Our own way of rating sentences, on Sumy's own class.

Stock methods rate a news story's sentences by how much they resemble all the others, and lose
against its first sentences. News is written most important first, so place counts most; then how
much of the rest a sentence covers, above all of what comes after it, and of the headline.
The weights are round numbers near the best of the settings measured for this project.
"""

from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sumy.summarizers._summarizer import AbstractSummarizer

Floats = NDArray[np.float64]

_DECAY, _PLACE, _CENTRE, _FORWARD, _TITLE = 0.3, 1.0, 0.25, 0.4, 0.3
_QUOTE, _SHORT, _LONG = 0.1, 0.2, 0.01
_SHORT_WORDS, _LONG_WORDS = 10, 30


class DeskSummarizer(AbstractSummarizer):  # type: ignore[misc] # Sumy has no types
    """Rates by place, centrality, forward centrality and how much of the headline is covered."""

    stop_words: frozenset[str] = frozenset()
    #: The article's headline; it is no sentence of the text and only guides the rating.
    title: tuple[str, ...] = ()

    def __call__(self, document: Any, sentences_count: Any) -> Any:
        """The best sentences of a Sumy document, in its order."""
        ratings = iter(self.rate(document))
        return self._get_best_sentences(
            document.sentences, sentences_count, lambda _: next(ratings)
        )

    def rate(self, document: Any) -> list[float]:
        """A rating for each sentence; higher is better, the scale means nothing."""
        sentences = document.sentences
        if not sentences:
            return []
        stems = [self._stems(sentence.words) for sentence in sentences]
        vectors = tf_idf(stems)
        place = _PLACE * np.exp(-_DECAY * np.arange(len(sentences)))
        rating = place + _CENTRE * _scaled(vectors @ _unit(vectors.sum(axis=0)))
        rating += _FORWARD * _scaled(_to_later(vectors)) + _TITLE * self._title_share(stems)
        return [float(value) for value in rating - _penalties(sentences)]

    def _stems(self, words: tuple[str, ...]) -> list[str]:
        lowered = (word.lower() for word in words)
        return [self.stem_word(word) for word in lowered if word not in self.stop_words]

    def _title_share(self, stems: list[list[str]]) -> Floats:
        wanted = set(self._stems(self.title))
        if not wanted:
            return np.zeros(len(stems))
        return np.array([len(wanted.intersection(words)) / len(wanted) for words in stems])


def tf_idf(stems: list[list[str]]) -> Floats:
    """One unit row a sentence; words are numbered as they occur, so every run agrees."""
    number: dict[str, int] = {}
    counts = np.zeros((len(stems), len({stem for words in stems for stem in words}) or 1))
    for row, words in enumerate(stems):
        for stem, times in Counter(words).items():
            counts[row, number.setdefault(stem, len(number))] = times
    spread = (counts > 0).sum(axis=0)
    weighted = counts * np.log((len(stems) + 1) / (spread + 0.5))
    length = np.linalg.norm(weighted, axis=1, keepdims=True)
    unit: Floats = np.divide(weighted, length, out=np.zeros_like(weighted), where=length > 0)
    return unit


def _to_later(vectors: Floats) -> Floats:
    """How much each sentence resembles all that come after it."""
    later = np.cumsum(vectors[::-1], axis=0)[::-1] - vectors
    sums: Floats = np.einsum("ij,ij->i", vectors, later)
    return sums


def _unit(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def _scaled(values: Floats) -> Floats:
    most = float(values.max())
    return values / most if most > 0 else np.zeros_like(values)


def _penalties(sentences: Any) -> Floats:
    lengths = np.array([len(str(sentence).split()) for sentence in sentences])
    quoted = np.array([any(mark in str(sentence) for mark in '"“') for sentence in sentences])
    over = np.maximum(lengths - _LONG_WORDS, 0)
    total: Floats = _QUOTE * quoted + _SHORT * (lengths < _SHORT_WORDS) + _LONG * over
    return total
