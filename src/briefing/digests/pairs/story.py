"""An article as the search for pairs reads it: each thing when it is first asked for."""

from collections.abc import Sequence
from functools import cached_property

from briefing.digests.pairs.people import People
from briefing.digests.pairs.wording import Wording
from briefing.digests.tokenizer import stop_words
from briefing.digests.vocabulary import Vocabulary


class Story:
    """The sentences with what their words mean, and who is who in them."""

    def __init__(
        self,
        texts: Sequence[str],
        stems: Sequence[frozenset[str]],
        paragraph_of: Sequence[int],
        language: str,
        words: Vocabulary,
    ) -> None:
        """Take an article.

        Args:
            texts: its sentences.
            stems: the stems of each.
            paragraph_of: the paragraph of each.
            language: an ISO 639 code.
            words: the tables of that language.
        """
        self.texts, self.stems, self.words = texts, stems, words
        self._paragraph_of, self.language = paragraph_of, language
        self._read: list[Wording | None] = [None] * len(texts)

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, place: int) -> Wording:
        one = self._read[place]
        if one is None:
            one = self._read[place] = Wording(self.texts[place], self.words)
        return one

    @cached_property
    def people(self) -> People:
        """Who is who."""
        stops = stop_words(self.language)
        return People([self[place] for place in range(len(self))], self.words, stops)

    def paragraph_end(self, place: int) -> int:
        """The first sentence behind the paragraph of one."""
        end = place + 1
        while end < len(self) and self._paragraph_of[end] == self._paragraph_of[place]:
            end += 1
        return end

    def having(self, senses: int) -> list[int]:
        """The sentences that hold one of these senses."""
        return [place for place in range(len(self)) if self[place].senses & senses]
