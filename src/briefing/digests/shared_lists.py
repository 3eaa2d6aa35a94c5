"""The lists that every language has, as far as digests use them; `vocabulary` makes tables of them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from briefing.digests.senses import OPENERS, Sense
from briefing.languages.table import Language
from briefing.languages.words import PART

#: Kinds of words that every language may have a list of, and what they mean here.
_SHARED = {
    "contrast": Sense.CONTRAST,
    "deny": Sense.DENY,
    "accuse": Sense.ACCUSE,
    # Nobody is followed by name there, so that a wrong which is told as a fact is a charge as well.
    "wrongdoing": Sense.ACCUSE | Sense.WRONGDOING,
    # Who says that the accused are silent tells what they say.
    "no_comment": Sense.NO_COMMENT | Sense.ATTRIBUTION,
    "attribution": Sense.ATTRIBUTION,
}
#: What stands between the words of an entry that others may part.
_GAP = "…"

_Entry = tuple[str, ...]


class SharedLists(NamedTuple):
    """The entries of one language, each as its words, and what they mean; see `Vocabulary`."""

    openers: dict[_Entry, int]
    inside: dict[_Entry, int]
    apart: dict[_Entry, int]
    #: Those that point back where a sentence begins.
    pointing: list[_Entry]
    pronouns: frozenset[str]
    spokespeople: frozenset[str]
    #: Finds the words of a text.
    word: re.Pattern[str]


def shared_lists(found: Language) -> SharedLists:
    """Read the lists of a language."""
    openers: dict[_Entry, int] = {}
    inside: dict[_Entry, int] = {}
    apart: dict[_Entry, int] = {}
    for kind, senses in _SHARED.items():
        phrases = found.words.get(kind, ())
        into = openers if senses in OPENERS else inside
        for entry in _entries(found, phrases):
            into[entry] = into.get(entry, 0) | int(senses)
        for entry in _parted(phrases):
            apart[entry] = apart.get(entry, 0) | int(senses)
    for phrases in found.unless.values():
        inside |= dict.fromkeys(_entries(found, phrases), 0)
    pronouns, spoken, connectives, contrast = (
        list(_entries(found, found.words.get(kind, ())))
        for kind in ("pronouns", "speaks_for", "connectives", "contrast")
    )
    pointing = [*pronouns, *connectives, *contrast]
    return SharedLists(
        openers=openers,
        inside=inside,
        apart=apart,
        pointing=pointing,
        pronouns=frozenset(entry[0] for entry in pronouns),
        spokespeople=frozenset(entry[0] for entry in spoken),
        word=_word_of(found, (entry[0] for entry in (*openers, *inside, *pointing, *spoken))),
    )


def _word_of(found: Language, entries: Iterator[str]) -> re.Pattern[str]:
    if found.sentences.has_spaces:
        return PART
    longest_first = sorted(set(entries), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) + r"|[^\W\d_]")


def _entries(found: Language, phrases: Sequence[str]) -> Iterator[_Entry]:
    for phrase in phrases:
        if _GAP in phrase:
            continue
        if not found.sentences.has_spaces:
            yield (phrase.strip("、,"),)
        elif words := tuple(PART.findall(phrase.lower())):
            yield words


def _parted(phrases: Sequence[str]) -> Iterator[_Entry]:
    for phrase in phrases:
        if _GAP in phrase:
            yield tuple(word for word in phrase.lower().split() if word != _GAP)
