"""Shingles: runs of five words, by which the same piece is known again under other words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b

from briefing.model.article import Article

_RUN = 5
#: Below this many shingles only equal texts are the same piece.
_ENOUGH = 30
_SAME, _PERHAPS = 0.5, 0.3
#: A fingerprint is the smallest hashes of a piece's shingles, so it outlives small edits.
_MARKS, _MARK_LENGTH, _SHARED = 12, 6, 4
_FOLD = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def words_of(text: str) -> list[str]:
    """The words of a text, folded for comparison only: case, compatibility forms, quotes, dashes."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold().translate(_FOLD))


def shingles_of(text: str) -> frozenset[str]:
    """All runs of five words; one run of everything when there are fewer."""
    words = words_of(text)
    runs = range(max(1, len(words) - _RUN + 1))
    return frozenset(" ".join(words[start : start + _RUN]) for start in runs)


def fingerprint(text: str) -> str:
    """Twelve marks of six hex digits that name a piece and outlive small edits of it."""
    hashes = sorted(
        blake2b(shingle.encode(), digest_size=_MARK_LENGTH // 2).hexdigest()
        for shingle in shingles_of(text)
    )
    return "".join(hashes[:_MARKS])


def same_fingerprint(one: str, other: str) -> bool:
    """True when two fingerprints are of the same piece: a third of their marks agree."""
    ours, theirs = (_marks(text) for text in (one, other))
    needed = _SHARED if min(len(ours), len(theirs)) >= _MARKS else max(len(ours), len(theirs), 1)
    return len(ours & theirs) >= needed


def _marks(written: str) -> set[str]:
    text = written.strip().lower()
    return {text[at : at + _MARK_LENGTH] for at in range(0, len(text), _MARK_LENGTH)}


def mark_duplicates(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Mark pieces that repeat another: half of the shorter one's shingles stand in both.

    The fullest is kept (among equals the first) and lists the others in `seen_in`; each of them
    names it in `duplicate_of`. From 0.3 to 0.5 both are flagged "possibly the same as …". The
    bounds were measured on real articles: edited copies share 0.55 and more, strangers 0.27 at most.
    """
    sets = [shingles_of(article.text) for article in articles]
    kept_for: dict[int, int] = {}
    flags: dict[int, list[str]] = {}
    for one, other in _pairs(sets):
        share = len(sets[one] & sets[other]) / min(len(sets[one]), len(sets[other]))
        if sets[one] == sets[other] or (share >= _SAME and _long(sets[one], sets[other])):
            _join(kept_for, articles, one, other)
        elif share >= _PERHAPS and _long(sets[one], sets[other]):
            for here, there in ((one, other), (other, one)):
                flags.setdefault(here, []).append(f"possibly the same as {articles[there].id}")
    return tuple(
        replace(
            article,
            duplicate_of=articles[kept_for[place]].id if place in kept_for else None,
            seen_in=tuple(
                articles[at].id for at, kept in sorted(kept_for.items()) if kept == place
            ),
            flags=(*article.flags, *flags.get(place, ())),
        )
        for place, article in enumerate(articles)
    )


def _long(one: frozenset[str], other: frozenset[str]) -> bool:
    return min(len(one), len(other)) >= _ENOUGH


def _pairs(sets: list[frozenset[str]]) -> list[tuple[int, int]]:
    """The pairs that share a shingle, by an index from shingle to pieces instead of all pairs."""
    places: dict[str, list[int]] = {}
    for place, shingles in enumerate(sets):
        for shingle in shingles:
            places.setdefault(shingle, []).append(place)
    shared = Counter(
        (one, other) for found in places.values() for one in found for other in found if one < other
    )
    return sorted(shared)


def _join(kept_for: dict[int, int], articles: Sequence[Article], one: int, other: int) -> None:
    """Put two pieces into one group, kept by its fullest member."""
    roots = {kept_for.get(one, one), kept_for.get(other, other)}
    group = {place for place, kept in kept_for.items() if kept in roots} | roots | {one, other}
    keeper = min(group, key=lambda place: (-len(articles[place].text), place))
    kept_for.pop(keeper, None)
    kept_for.update({place: keeper for place in group if place != keeper})
