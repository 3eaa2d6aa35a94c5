"""Our own way of rating sentences, on Sumy's own class.

Stock methods rate a news story's sentences by how much they resemble all the others, and lose
against its first sentences. News is written most important first, so place counts most; then how
much of the rest a sentence covers, above all of what comes after it, and of the headline.
The weights are round numbers near the best of the settings measured for this project.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from sumy.summarizers._summarizer import AbstractSummarizer

from briefing.digests.tokenizer import stems_of
from briefing.digests.vectors import Floats, vectors_of

_DECAY, _PLACE, _CENTRE, _FORWARD, _TITLE = 0.2, 0.6, 0.25, 0.5, 0.3
_QUOTE, _SHORT, _LONG = 0.1, 0.2, 0.01
_SHORT_WORDS, _LONG_WORDS = 10, 30


class DeskSummarizer(AbstractSummarizer):  # type: ignore[misc] # Sumy has no types
    """Rates by place, centrality, forward centrality and how much of the headline is covered."""

    language: str = "en"
    #: The article's headline; it is no sentence of the text and only guides the rating.
    title: str = ""

    def __call__(self, document: Any, sentences_count: Any) -> Any:
        """The best sentences of a Sumy document, in its order."""
        ratings = iter(self.rate(document))
        return self._get_best_sentences(
            document.sentences, sentences_count, lambda _: next(ratings)
        )

    def rate(self, document: Any) -> list[float]:
        """A rating for each sentence; higher is better, the scale means nothing."""
        texts = tuple(str(sentence) for sentence in document.sentences)
        if not texts:
            return []
        vectors = vectors_of(texts, self.language)
        place = _PLACE * np.exp(-_DECAY * np.arange(len(texts)))
        rating = place + _CENTRE * _scaled(vectors @ _unit(vectors.sum(axis=0)))
        rating += _FORWARD * _scaled(_to_later(vectors)) + _TITLE * self._title_share(texts)
        return [float(value) for value in rating - _penalties(texts)]

    def _title_share(self, texts: Sequence[str]) -> Floats:
        wanted = set(stems_of(self.title, self.language))
        if not wanted:
            return np.zeros(len(texts))
        shared = [len(wanted.intersection(stems_of(text, self.language))) for text in texts]
        return np.array(shared) / len(wanted)


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


def _penalties(texts: Sequence[str]) -> Floats:
    lengths = np.array([len(text.split()) for text in texts])
    quoted = np.array(['"' in text or "“" in text for text in texts])
    over = np.maximum(lengths - _LONG_WORDS, 0)
    total: Floats = _QUOTE * quoted + _SHORT * (lengths < _SHORT_WORDS) + _LONG * over
    return total
