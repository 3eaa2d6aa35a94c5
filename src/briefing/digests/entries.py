"""The entries of a table of words and phrases: how they are kept, and where they stand in a sentence."""

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from briefing.languages.words import WORD

#: Under the first word of each what follows it and what all of it means, the longest first.
Entries = Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]


class Mark(NamedTuple):
    """Words of a sentence that mean something to a digest: the first and the last of them.

    A named tuple, because a digest makes a hundred of them and they cost half of a frozen class.
    """

    first: int
    last: int
    senses: int


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


def by_first(senses: Mapping[tuple[str, ...], int]) -> Entries:
    """Entries, each as its words, under their first words."""
    grouped: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for (first, *rest), sense in sorted(senses.items(), key=lambda item: -len(item[0])):
        grouped.setdefault(first, []).append((tuple(rest), sense))
    return {first: tuple(entries) for first, entries in grouped.items()}


def cues_of(entries: Entries) -> Mapping[str, tuple[int, ...]]:
    """The longest word of each entry, and how far behind the entry's first word it may stand.

    Long words are the seldom ones: “on the condition” is looked for where “condition” stands.
    """
    found: dict[str, set[int]] = {}
    for first, every in entries.items():
        for rest, _ in every:
            entry = (first, *rest)
            longest = max(entry, key=len)
            found.setdefault(longest, set()).add(entry.index(longest))
    return {word: tuple(places) for word, places in found.items()}


def beginnings(
    cues: Mapping[str, tuple[int, ...]], there: Set[str], tokens: Sequence[str]
) -> list[int]:
    """Where among words the entries may begin of which some cues are there."""
    places = {
        at - behind for at, token in enumerate(tokens) if token in there for behind in cues[token]
    }
    return sorted(place for place in places if place >= 0)


def longest_at(
    entries: tuple[tuple[tuple[str, ...], int], ...], tokens: Sequence[str], place: int
) -> Mark | None:
    """The longest entry that stands at a place, of those under the word there; None when none does."""
    following = tokens[place + 1] if place + 1 < len(tokens) else ""
    for rest, senses in entries:
        if not rest:
            return Mark(place, place, senses)
        end = place + len(rest)
        if rest[0] == following and tuple(tokens[place + 1 : end + 1]) == rest:
            return Mark(place, end, senses)
    return None
