"""What a piece tells, for comparison: its sentences with their names, numbers and stems."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise

from briefing.articles.text.fingerprint import shingles_of
from briefing.digests.sentences import split_sentences
from briefing.digests.tokenizer import stemmer, stop_words
from briefing.events.numbers import TELLING, numbers_of
from briefing.events.publishers import house_of
from briefing.languages import base_of
from briefing.languages.plain_words import bare, function_words
from briefing.languages.words import words_of
from briefing.model.article import Article

#: What a possessive adds to a name.
_POSSESSIVE = re.compile(r"[’']s?$")
#: A report has told its news after so many words that say something; what follows is what everybody
#: knows and what somebody said, and two long pieces have some of that in common whatever they are on.
TELLS = 70


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence, by what it tells."""

    text: str
    names: frozenset[str]
    numbers: frozenset[str]
    #: Stems of its other words, without those that say nothing.
    stems: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """Everything in it."""
        return self.names | self.numbers | self.stems


@dataclass(frozen=True)
class Gist:
    """A piece, by what it tells."""

    id: str
    text: str
    language: str
    published: date | None
    #: Of who printed it; empty when nothing says.
    house: str
    #: The headline first.
    sentences: tuple[Statement, ...]
    #: Its names by their stems, as they are written.
    written: Mapping[str, str]
    #: Names that stand next to each other: "Polar Linnet".
    full_names: frozenset[tuple[str, str]]
    #: Stems of words that it writes in small letters.
    small: frozenset[str]

    @cached_property
    def shingles(self) -> frozenset[str]:
        """The runs of five words of its body."""
        return shingles_of(self.text)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word, name and number stands where the news is told: see `TELLS`."""
        found = Counter[str]()
        for told in self.sentences:
            if found.total() >= TELLS:
                break
            found.update(told.words)
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """All its names."""
        return frozenset[str]().union(*(told.names for told in self.sentences))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """All its numbers."""
        return frozenset[str]().union(*(told.numbers for told in self.sentences))

    @cached_property
    def words(self) -> frozenset[str]:
        """Everything that it tells, to its end."""
        return frozenset[str]().union(*(told.words for told in self.sentences))


def gist_of(article: Article) -> Gist:
    """What an article tells."""
    language = base_of(article.language)
    lines = [article.headline]
    for paragraph in article.paragraphs:
        lines += split_sentences(paragraph.text, language)
    words = [[bare(word, language) for word in words_of(line)] for line in lines]
    known = _names(words, language)
    stem = stemmer(language)
    written = {
        stem(plain): word
        for line in reversed(words)
        for word in reversed(line)
        if (plain := _plain(word)) in known
    }
    small = frozenset(stem(word) for line in words for word in line if not word[0].isupper())
    return Gist(
        id=article.id,
        text=article.text,
        language=language,
        published=article.published,
        house=house_of(article),
        sentences=tuple(
            _told(line, of, known, language) for line, of in zip(lines, words, strict=True)
        ),
        written=written,
        full_names=frozenset(
            (stem(_plain(one)), stem(_plain(other)))
            for line in words
            for one, other in pairwise(line)
            if one[0].isupper() and other[0].isupper() and {_plain(one), _plain(other)} <= known
        ),
        small=small,
    )


def _names(sentences: Iterable[list[str]], language: str) -> frozenset[str]:
    """The words of a text that are names: capital letters where no sentence begins.

    A word that begins a sentence is one when it is so elsewhere, or when another name follows it and
    it never stands in small letters.
    """
    inner, first, small = set[str](), set[str](), set[str]()
    headline, *told = list(sentences)
    for words in [*told, *([headline] if _in_sentence_case(headline, language) else [])]:
        for place, word in enumerate(words):
            plain = _plain(word)
            if not word[0].isupper():
                small.add(plain)
            elif place:
                inner.add(plain)
            elif len(words) > 1 and words[1][0].isupper():
                first.add(plain)
    return frozenset((inner | (first - small)) - _idle(language))


def _in_sentence_case(headline: list[str], language: str) -> bool:
    """True when a word of a headline that says something is in small letters, so that a capital means a name."""
    idle = _idle(language)
    return any(not word[0].isupper() and _plain(word) not in idle for word in headline[1:])


def _told(line: str, words: list[str], known: frozenset[str], language: str) -> Statement:
    stem, idle = stemmer(language), _idle(language)
    plain = [_plain(word) for word in words]
    names = {
        one for one, word in zip(plain, words, strict=True) if one in known and word[0].isupper()
    }
    others = {one for one in plain if one not in names and one not in idle}
    return Statement(
        text=line,
        names=frozenset(stem(one) for one in names),
        numbers=frozenset(one for one in numbers_of(line) if float(one) >= TELLING),
        stems=frozenset(stem(one) for one in others if len(one) > 1),
    )


@lru_cache(maxsize=8)
def _idle(language: str) -> frozenset[str]:
    """Words that say nothing of what a piece tells."""
    return stop_words(language) | function_words(language)


def _plain(word: str) -> str:
    plain = word.lower()
    return plain if plain.isalpha() else _POSSESSIVE.sub("", plain)
