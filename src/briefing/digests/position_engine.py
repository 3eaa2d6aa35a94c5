"""Our own way of rating sentences, over Sumy's stems and stop words.

Stock methods rate a news story's sentences by how much they resemble all the others, and lose
against its first sentences. News is written most important first, so place counts most; then how
much of the rest a sentence covers, above all of what comes after it, and of the headline.
The weights are round numbers near the best of the settings measured for this project.
"""

from collections.abc import Sequence

import numpy as np

from briefing.digests.tokenizer import stems_of
from briefing.digests.vectors import Floats, vectors_of

_DECAY, _PLACE, _CENTRE, _FORWARD, _TITLE = 0.2, 0.6, 0.25, 0.5, 0.3
_QUOTE, _SHORT, _LONG = 0.1, 0.2, 0.01
_SHORT_WORDS, _LONG_WORDS = 10, 30


def rate(texts: tuple[str, ...], title: str, language: str) -> list[float]:
    """A rating for each sentence, by place, centrality, what comes after it, and the headline.

    Args:
        texts: the sentences of an article, in order.
        title: its headline; it is no sentence of the text and only guides the rating.
        language: an ISO 639 code.

    Returns:
        Higher is better; the scale means nothing.
    """
    if not texts:
        return []
    vectors = vectors_of(texts, language)
    place = _PLACE * np.exp(-_DECAY * np.arange(len(texts)))
    rating = place + _CENTRE * _scaled(vectors @ _unit(vectors.sum(axis=0)))
    rating += _FORWARD * _scaled(_to_later(vectors)) + _TITLE * _title_share(texts, title, language)
    return [float(value) for value in rating - _penalties(texts)]


def _title_share(texts: Sequence[str], title: str, language: str) -> Floats:
    wanted = set(stems_of(title, language))
    if not wanted:
        return np.zeros(len(texts))
    shared = [len(wanted.intersection(stems_of(text, language))) for text in texts]
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
