"""An article as the search for pairs reads it: each thing when it is first asked for."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from briefing.digests.pairs.people import People
from briefing.digests.pairs.wording import Wording
from briefing.digests.senses import Sense
from briefing.digests.tokenizer import stop_words
from briefing.digests.vocabulary import Vocabulary
from briefing.languages.table import language as tables_of
from briefing.model.digest import count_words

#: Of a text in one block so many sentences tell the news.
_NEWS = 2
#: “There are two further conditions”.
_EXISTENTIAL = 5
#: “Only those whose parents pay”.
_ONLY = "Only "

#: A note of the editor's stands in brackets and has more words than what is said of the stage.
_OPENS, _CLOSES, _STAGE = "([（", ")]）", 6
#: “So, at any rate, runs the leaflet”.
_ASIDE = re.compile(r"(?<=^\w\w), [^,.]{2,20},(?= )")

_DIGIT = re.compile(r"\d")
_SPEECH = Sense.ATTRIBUTION | Sense.DENY | Sense.ACCUSE
#: Whoever speaks is named among so many words before the verb or behind it.
_NEAR = 3


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
        found = tables_of(language)
        self._is_spaced = found is None or found.sentences.has_spaces
        self._news: dict[int, frozenset[str]] = {}

    def __len__(self) -> int:
        return len(self.texts)

    def length(self, place: int) -> int:
        """The words of one as a digest counts them: where no space parts words a token may be one character."""
        return len(self[place].tokens) if self._is_spaced else count_words(self.texts[place])

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
        return bisect_right(self._paragraph_of, self._paragraph_of[place])

    def news_end(self, place: int) -> int:
        """The first sentence behind what one tells: behind its paragraph, or in one block behind the next."""
        return self.paragraph_end(place) if self.has_paragraphs else place + _NEWS

    def news_stems(self, place: int) -> frozenset[str]:
        """The stems of what one tells, and of all before."""
        if place not in self._news:
            end = self.news_end(place)
            self._news[place] = self.stems[place].union(*self.stems[:end])
        return self._news[place]

    @cached_property
    def has_paragraphs(self) -> bool:
        """False for a text in one block, whose end says nothing about where a subject ends."""
        return len(self) > 0 and self._paragraph_of[0] != self._paragraph_of[-1]

    @cached_property
    def summing(self) -> list[int]:
        """The paragraphs that open on what all before is worth: “None of this happened”."""
        return [at for at in self._openings if self.words.begins(Sense.SUMS, self._opening(at))]

    def _opening(self, at: int) -> Sequence[str]:
        """The words of a sentence without what stands between commas behind the first."""
        text = _ASIDE.sub("", self.texts[at])
        return self[at].tokens if text is self.texts[at] else self.words.tokens(text)

    @cached_property
    def amending(self) -> list[int]:
        """Those that open on what a correction opens on, “An earlier version of this”; notes in brackets."""
        found = {
            at
            for at in self._opening_on(self.words.amending)
            if self.words.begins(Sense.AMENDS, self.words.tokens(self.texts[at]))
        }
        return sorted(found | set(self.bracketed))

    @cached_property
    def bracketed(self) -> list[int]:
        """The paragraphs behind the first that stand in brackets and say more than “(Laughter)”."""
        return [
            at
            for at in self.firsts
            if self.texts[at][0] in _OPENS
            and self.texts[self.paragraph_end(at) - 1][-1] in _CLOSES
            and len(self[at].tokens) > _STAGE
        ]

    def counts(self, at: int) -> bool:
        """True for a sentence with a figure, or a number that is told in a word."""
        numbers = self.words.lists[Sense.QUANTITY]
        return bool(_DIGIT.search(self.texts[at])) or not numbers.isdisjoint(self[at].tokens)

    @cached_property
    def limiting(self) -> list[int]:
        """Those that open on what limits the news: “There is a string attached”, “Whoever leaves must pay”."""
        return [at for at in self._openings if self._limits(self[at])]

    def _limits(self, one: Wording) -> bool:
        lists, begins = self.words.lists, one.tokens[:_EXISTENTIAL]
        if one.text.startswith(_ONLY) and not lists[Sense.GENERIC].isdisjoint(begins[1:2]):
            return True
        if begins[0] in lists[Sense.GENERIC]:
            return bool(one.unmarked & Sense.OBLIGES)
        if begins[0] not in lists[Sense.EXISTENTIAL] or lists[Sense.LIMITS].isdisjoint(begins):
            return False
        return not lists[Sense.PASSIVE].isdisjoint(begins)

    @cached_property
    def _openings(self) -> list[int]:
        """Sentences behind the first paragraph that open one, on a word that may speak of the whole."""
        return self._opening_on(self.words.summing)

    def _opening_on(self, words: frozenset[str]) -> list[int]:
        """Those of them whose first word is one of these: no more of them is read for that."""
        texts = self.texts
        return [
            at for at in self.firsts if texts[at].partition(" ")[0].rstrip(",:").lower() in words
        ]

    @cached_property
    def firsts(self) -> list[int]:
        """The sentence that opens each paragraph behind the first."""
        of = self._paragraph_of
        return [at for at in range(1, len(self)) if of[at] != of[at - 1]]

    @cached_property
    def new_voices(self) -> frozenset[int]:
        """The sentences that give the words of somebody whose words no sentence before gives."""
        stops = stop_words(self.language)
        heard: set[str] = set()
        found = []
        for at in range(len(self)):
            voice = self._voice(self[at]) - stops
            if voice and heard.isdisjoint(voice):
                found.append(at)
            heard |= voice
        return frozenset(found)

    def _voice(self, one: Wording) -> set[str]:
        """The words next to the first that says that somebody speaks."""
        spoken = one.marked(_SPEECH)
        if not spoken:
            return set()
        first, last = spoken[0].first, spoken[0].last
        return {
            *one.tokens[max(0, first - _NEAR) : first],
            *one.tokens[last + 1 : last + 1 + _NEAR],
        }

    def having(self, senses: int) -> list[int]:
        """The sentences that hold one of these senses."""
        return [place for place in range(len(self)) if self[place].senses & senses]
