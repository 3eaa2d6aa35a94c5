"""The words that digests look for, by language: tables with sources, one file a language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise

from briefing.digests.entries import (
    Entries,
    Mark,
    beginnings,
    by_first,
    cues_of,
    entries_of,
    longest_at,
)
from briefing.digests.senses import ONE_WORD, OPENERS, Sense
from briefing.digests.shared_lists import shared_lists
from briefing.digests.tokenizer import lower_words
from briefing.languages.table import Language, read_table
from briefing.languages.table import language as tables_of
from briefing.languages.words import WORD

#: The words of text of nothing but ASCII: the same at half the time.
_PLAIN_WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")

_Phrases = Mapping[tuple[str, str], Sequence[tuple[tuple[str, ...], int]]]


@dataclass(frozen=True)
class Vocabulary:
    """All the tables of one language; entries stand under their first word, the longest first."""

    #: What counts where a sentence begins.
    openers: Entries
    #: What counts anywhere.
    inside: Entries
    #: The words of each table that is asked word by word.
    lists: Mapping[Sense, frozenset[str]]
    #: The entries of all of them.
    unmarked: Entries
    #: Words that point back where a sentence begins, for languages whose rules for that are lists.
    leaning: Entries
    #: Words that mean something together, by the first of them: those that follow, with others between, and what.
    apart: Entries = field(default_factory=dict)
    #: Words of `leaning` that are articles before a capital: “Das Ergebnis”.
    articles: frozenset[str] = frozenset()
    #: Pronouns that point back from the second word too, where the verb stands first.
    second: frozenset[str] = frozenset()
    #: Finds the words; in a script without spaces the entries themselves, and each other sign alone.
    word: re.Pattern[str] = WORD

    @cached_property
    def _cues(self) -> Mapping[str, tuple[int, ...]]:
        return cues_of(self.inside)

    @cached_property
    def _every_cue(self) -> frozenset[str]:
        return frozenset(self._cues)

    @cached_property
    def _unmarked_words(self) -> tuple[frozenset[str], Mapping[str, int]]:
        """The words that mean something by themselves, and what."""
        found = {
            first: senses
            for first, every in self.unmarked.items()
            for rest, senses in every
            if not rest
        }
        return frozenset(found), found

    @cached_property
    def _unmarked_phrases(self) -> tuple[frozenset[tuple[str, str]], _Phrases]:
        """The first two words of every phrase; and what may come behind them, and what that means."""
        found: dict[tuple[str, str], list[tuple[tuple[str, ...], int]]] = {}
        for first, every in self.unmarked.items():
            for rest, senses in every:
                if rest:
                    found.setdefault((first, rest[0]), []).append((rest[1:], senses))
        return frozenset(found), found

    @cached_property
    def summing(self) -> frozenset[str]:
        """The words that open a sentence about all that is said before it."""
        lists = self.lists
        return self._firsts_of(Sense.SUMS) | lists[Sense.EXISTENTIAL] | lists[Sense.GENERIC]

    @cached_property
    def finding(self) -> frozenset[str]:
        """Words for what is found out or shown, and not only said."""
        every = self.inside.items()
        said = (first for first, found in every if any(one & Sense.ATTRIBUTION for _, one in found))
        return self.lists[Sense.FINDS].difference(said)

    @cached_property
    def amending(self) -> frozenset[str]:
        """The words that open a note of correction."""
        return self._firsts_of(Sense.AMENDS)

    def _firsts_of(self, sense: Sense) -> frozenset[str]:
        found = self.unmarked.items()
        return frozenset(first for first, every in found if any(one & sense for _, one in every))

    def tokens(self, sentence: str) -> tuple[str, ...]:
        """The words of a sentence in lower case."""
        if self.word is WORD:
            return lower_words(sentence)
        return tuple(self.word.findall(sentence.lower()))

    def word_in(self, text: str) -> re.Pattern[str]:
        """The pattern that finds the words of a text soonest."""
        return _PLAIN_WORD if text.isascii() and self.word is WORD else self.word

    def leans(self, sentence: str) -> bool:
        """True when a sentence begins with a word that points at one before it."""
        tokens = self.tokens(sentence)
        if tokens and tokens[0] in self.articles and _names_a_thing(sentence):
            return False
        if not self.second.isdisjoint(
            tokens[1:2]
        ):  # "وجاء فيه", "Dywedodd hi": the verb stands first
            return True
        return bool(tokens) and any(
            not rest or tuple(tokens[1 : 1 + len(rest)]) == rest
            for rest, _ in self.leaning.get(tokens[0], ())
        )

    def marks(self, tokens: Sequence[str]) -> tuple[Mark, ...]:
        """Every entry among a sentence's lower-case words, in order; longer ones hide shorter ones."""
        found = []
        if tokens and tokens[0] in self.openers:
            found.append(longest_at(self.openers[tokens[0]], tokens, 0))
        # A set finds what stands there sooner than a loop; in most sentences nothing does.
        cues = self._every_cue.intersection(tokens)
        if cues:
            found += [
                longest_at(self.inside.get(tokens[at], ()), tokens, at)
                for at in beginnings(self._cues, cues, tokens)
            ]
        marks = tuple([mark for mark in found if mark is not None])
        return tuple(sorted((*_shown(marks), *self._parted(tokens)))) if self.apart else marks

    def _parted(self, tokens: Sequence[str]) -> Iterator[Mark]:
        """“Soll … haben”: what words mean that stand in a sentence in this order, whatever is between them."""
        for place, token in enumerate(tokens):
            for rest, senses in self.apart.get(token, ()):
                if _in_order(rest, tokens[place + 1 :]):
                    yield Mark(place, place, senses)

    def senses_in(self, tokens: Sequence[str]) -> int:
        """Which of the tables that are never marked have an entry among words."""
        senses = 0
        words, meanings = self._unmarked_words
        for token in words.intersection(tokens):
            senses |= meanings[token]
        pairs, phrases = self._unmarked_phrases
        for pair in pairs.intersection(pairwise(tokens)):
            for rest, sense in phrases[pair]:
                if senses & sense != sense and (not rest or _follows(tokens, pair, rest)):
                    senses |= sense
        return senses

    def begins(self, sense: Sense, tokens: Sequence[str]) -> bool:
        """True when words begin with an entry of a table that is never marked."""
        if not tokens:
            return False
        if self._unmarked_words[1].get(tokens[0], 0) & sense:
            return True
        pair = (tokens[0], tokens[1] if len(tokens) > 1 else "")
        return any(
            found & sense and tuple(tokens[2 : 2 + len(rest)]) == rest
            for rest, found in self._unmarked_phrases[1].get(pair, ())
        )


def _names_a_thing(sentence: str) -> bool:
    """True when a capital begins the second word: a noun, where nouns have one."""
    second = sentence.split(maxsplit=2)[1:2]
    return bool(second) and second[0][:1].isupper()


def _follows(tokens: Sequence[str], pair: tuple[str, str], rest: tuple[str, ...]) -> bool:
    """True when words follow two others somewhere."""
    phrase = (*pair, *rest)
    return any(
        tuple(tokens[at : at + len(phrase)]) == phrase
        for at, token in enumerate(tokens)
        if token == pair[0]
    )


def _shown(marks: Sequence[Mark]) -> list[Mark]:
    """The marks but those inside a phrase that means nothing, as “habe” in “ich habe”."""
    hidden = {
        at for mark in marks if not mark.senses for at in range(mark.first + 1, mark.last + 1)
    }
    return [mark for mark in marks if mark.first not in hidden]


def _in_order(wanted: Sequence[str], tokens: Sequence[str]) -> bool:
    """True when all words stand among others in their order; "-" begins one that is only an ending."""
    left = iter(tokens)
    return all(
        any(token.endswith(one[1:]) if one[0] == "-" else token == one for token in left)
        for one in wanted
    )


def words_of(text: str) -> list[str]:
    """The words of a text in lower case."""
    lowered = text.lower()
    return (_PLAIN_WORD if lowered.isascii() else WORD).findall(lowered)


@cache
def vocabulary(language: str) -> Vocabulary | None:
    """The tables of a language: those of digests, else what every language has; None where it has none."""
    found = tables_of(language)
    if found is None:
        return None
    own = read_table(found.code).get("digests")
    return read_vocabulary(own) if own else _shared(found)


def _shared(found: Language) -> Vocabulary:
    """The lists of `languages`, as far as digests use them."""
    lists = shared_lists(found)
    return Vocabulary(
        openers=by_first(lists.openers),
        inside=by_first(lists.inside),
        lists={sense: frozenset() for sense in Sense if sense >= Sense.TITLES}
        | {Sense.PERSONS: lists.pronouns, Sense.SPOKESPERSON: lists.spokespeople},
        unmarked={},
        leaning=by_first(dict.fromkeys(lists.pointing, 1)),
        apart=by_first(lists.apart),
        articles=_pronouns(found, "articles"),
        second=_pronouns(found, "second"),
        word=lists.word,
    )


def _pronouns(found: Language, name: str) -> frozenset[str]:
    return frozenset(read_table(found.code)["words"]["pronouns"].get(name, "").split())


def read_vocabulary(tables: Mapping[str, Mapping[str, str]]) -> Vocabulary:
    """Read the tables for digests of one language."""
    openers: dict[tuple[str, ...], int] = {}
    inside: dict[tuple[str, ...], int] = {}
    lists: dict[Sense, frozenset[str]] = {}
    unmarked: dict[tuple[str, ...], int] = {}
    for name, table in tables.items():
        sense = Sense[name.upper()]
        if sense >= Sense.TITLES:
            entries = tuple(entries_of(table["words"]))
            lists[sense] = frozenset(entry[0] for entry in entries)
            for entry in () if sense in ONE_WORD else entries:
                unmarked[entry] = unmarked.get(entry, 0) | int(sense)
            continue
        into = openers if sense in OPENERS else inside
        for entry in entries_of(table["words"]):
            into[entry] = into.get(entry, 0) | int(sense)
        for entry in entries_of(table.get("except", "")):
            into.setdefault(entry, 0)
    return Vocabulary(
        openers=by_first(openers),
        inside=by_first(inside),
        lists=lists,
        unmarked=by_first(unmarked),
        leaning={},
    )
