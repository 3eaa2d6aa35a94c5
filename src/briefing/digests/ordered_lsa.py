"""Sumy's LSA, made repeatable."""

from typing import Any

from sumy.summarizers.lsa import LsaSummarizer


class OrderedLsa(LsaSummarizer):  # type: ignore[misc] # Sumy has no types
    """LSA whose word numbers do not depend on PYTHONHASHSEED."""

    def _create_dictionary(self, document: Any) -> dict[str, int]:
        words = (self.normalize_word(word) for word in document.words)
        stems = (self.stem_word(word) for word in words if word not in self.stop_words)
        return {stem: number for number, stem in enumerate(dict.fromkeys(stems))}
