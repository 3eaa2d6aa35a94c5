"""Sentences as vectors: which words they are made of, the rarer the weightier."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from briefing.digests.tokenizer import stems_of

Floats = NDArray[np.float64]


@lru_cache(maxsize=4)
def vectors_of(texts: tuple[str, ...], language: str) -> Floats:
    """The sentences as rows of `tf_idf`; rating and choosing ask for the same ones in turn."""
    vectors = tf_idf([stems_of(text, language) for text in texts])
    vectors.setflags(write=False)
    return vectors


def tf_idf(stems: Sequence[Sequence[str]]) -> Floats:
    """One unit row a sentence; words are numbered as they occur, so every run agrees."""
    number: dict[str, int] = {}
    places = [number.setdefault(stem, len(number)) for words in stems for stem in words]
    columns = np.array(places, dtype=np.intp)
    rows = np.repeat(np.arange(len(stems)), [len(words) for words in stems])
    width = len(number) or 1
    flat = np.bincount(rows * width + columns, minlength=len(stems) * width)
    counts = flat.reshape(len(stems), width)
    spread = np.count_nonzero(counts, axis=0)
    weighted = counts * np.log((len(stems) + 1) / (spread + 0.5))
    length = np.sqrt(np.einsum("ij,ij->i", weighted, weighted))
    unit: Floats = weighted / np.where(length > 0, length, 1.0)[:, None]
    return unit
