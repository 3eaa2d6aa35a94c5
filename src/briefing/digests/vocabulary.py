"""The words that digests look for, by language: tables with sources, one file a language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from briefing.digests.senses import ONE_WORD, OPENERS, Sense
from briefing.digests.shared_lists import shared_lists
from briefing.digests.tokenizer import lower_words
from briefing.languages.table import Language, read_table
from briefing.languages.table import language as tables_of
from briefing.languages.words import WORD

#: The words of text of nothing but ASCII: the same at half the time.
_PLAIN_WORD = re.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*")

_Entries = Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]
_Phrases = Mapping[tuple[str, str], Sequence[tuple[tuple[str, ...], int]]]


class Mark(NamedTuple):
    """Words of a sentence that mean something to a digest: the first and the last of them.

    A named tuple, because a digest makes a hundred of them and they cost half of a frozen class.
    """

    first: int
    last: int
    senses: int


@dataclass(frozen=True)
class Vocabulary:
    """All the tables of one language; entries stand under their first word, the longest first."""

    #: What counts where a sentence begins.
    openers: _Entries
    #: What counts anywhere.
    inside: _Entries
    #: The words of each table that is asked word by word.
    lists: Mapping[Sense, frozenset[str]]
    #: The entries of all of them.
    unmarked: _Entries
    #: Words that point back where a sentence begins, for languages whose rules for that are lists.
    leaning: _Entries
    #: Words that mean something together, by the first of them: those that follow, with others between, and what.
    apart: _Entries = field(default_factory=dict)
    #: Words of `leaning` that are articles before a capital: “Das Ergebnis”.
    articles: frozenset[str] = frozenset()
    #: Finds the words; in a script without spaces the entries themselves, and each other sign alone.
    word: re.Pattern[str] = WORD

    @cached_property
    def _marked(self) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
        """The words that are an entry by themselves, and the first two of each phrase."""
        every = [(first, rest) for first, found in self.inside.items() for rest, _ in found]
        singles = frozenset(first for first, rest in every if not rest)
        return singles, frozenset((first, rest[0]) for first, rest in every if rest)

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
        return bool(tokens) and any(
            not rest or tuple(tokens[1 : 1 + len(rest)]) == rest
            for rest, _ in self.leaning.get(tokens[0], ())
        )

    def marks(self, tokens: Sequence[str]) -> tuple[Mark, ...]:
        """Every entry among a sentence's lower-case words, in order; longer ones hide shorter ones."""
        found = []
        if tokens and tokens[0] in self.openers:
            found.append(_longest(self.openers[tokens[0]], tokens, 0))
        # Sets find what stands there sooner than a loop; in most sentences nothing does.
        singles, pairs = self._marked
        firsts = set(singles.intersection(tokens))
        firsts.update(first for first, _ in pairs.intersection(pairwise(tokens)))
        if firsts:
            found += [
                _longest(self.inside[token], tokens, place)
                for place, token in enumerate(tokens)
                if token in firsts
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


def _longest(
    entries: tuple[tuple[tuple[str, ...], int], ...], tokens: Sequence[str], place: int
) -> Mark | None:
    following = tokens[place + 1] if place + 1 < len(tokens) else ""
    for rest, senses in entries:
        if not rest:
            return Mark(place, place, senses)
        end = place + len(rest)
        if rest[0] == following and tuple(tokens[place + 1 : end + 1]) == rest:
            return Mark(place, end, senses)
    return None


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
        openers=_by_first(lists.openers),
        inside=_by_first(lists.inside),
        lists={sense: frozenset() for sense in Sense if sense >= Sense.TITLES}
        | {Sense.PERSONS: lists.pronouns, Sense.SPOKESPERSON: lists.spokespeople},
        unmarked={},
        leaning=_by_first(dict.fromkeys(lists.pointing, 1)),
        apart=_by_first(lists.apart),
        articles=frozenset(read_table(found.code)["words"]["pronouns"].get("articles", "").split()),
        word=lists.word,
    )


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
        openers=_by_first(openers),
        inside=_by_first(inside),
        lists=lists,
        unmarked=_by_first(unmarked),
        leaning={},
    )


def _by_first(senses: Mapping[tuple[str, ...], int]) -> _Entries:
    grouped: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for (first, *rest), sense in sorted(senses.items(), key=lambda item: -len(item[0])):
        grouped.setdefault(first, []).append((tuple(rest), sense))
    return {first: tuple(entries) for first, entries in grouped.items()}


def entries_of(written: str) -> Iterator[tuple[str, ...]]:
    """The entries of a list, each as its words; “did not” also as “didn’t”."""
    for entry in written.split("|"):
        tokens = tuple(WORD.findall(entry.lower()))
        if tokens:
            yield tokens
        if "not" in tokens[1:]:
            place = tokens.index("not", 1)
            for mark in "’'":
                shorter = f"{tokens[place - 1]}n{mark}t"
                yield (*tokens[: place - 1], shorter, *tokens[place + 1 :])
