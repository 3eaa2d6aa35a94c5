"""Shingles: runs of five words, by which the same piece is known again under other words."""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import blake2b
from heapq import nsmallest

_RUN = 5
_SIGNS = re.compile(r"[\W_]+")
#: Below this many shingles only equal texts are the same piece.
ENOUGH = 30
SAME, PERHAPS = 0.5, 0.3
#: A fingerprint is the smallest hashes of a piece's shingles, so it outlives small edits.
_MARKS, _MARK_LENGTH, _SHARED = 12, 6, 4
#: In characters, at the beginning and at the end.
_READ = 200_000
_BYTES = _MARK_LENGTH // 2
#: So many marks in common name a piece alone; fewer are in two pieces of one house's frame too.
SURE = 9
_FOLD = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def words_of(text: str) -> list[str]:
    """The words of a text, folded for comparison only: case, compatibility forms, quotes, dashes."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold().translate(_FOLD))


def folded(text: str) -> str:
    """Letters and digits alone, for comparison."""
    return _SIGNS.sub("", text.casefold())


def shingles_of(text: str) -> frozenset[str]:
    """All runs of five words; one run of everything when there are fewer."""
    return frozenset(_runs(text))


def _runs(text: str) -> Iterable[str]:
    words = words_of(text)
    if len(words) <= _RUN:
        return (" ".join(words),)
    return map(" ".join, zip(*(words[start:] for start in range(_RUN)), strict=False))


def fingerprint(text: str) -> str:
    """Twelve marks of six hex digits that name a piece and outlive small edits of it.

    The marks are the smallest BLAKE2b hashes of all runs of five words (a bottom-k sketch, Broder
    1997). An edit changes the five runs around it, so most of the smallest stay where they were;
    equal words give equal fingerprints, whatever quotes, dashes, case and page they stand in. Of more than
    anybody writes in one piece the beginning and the end are read.
    """
    if len(text) > 2 * _READ:
        text = f"{text[:_READ]} {text[-_READ:]}"
    hashes = {blake2b(shingle.encode(), digest_size=_BYTES).digest() for shingle in _runs(text)}
    return b"".join(nsmallest(_MARKS, hashes)).hex()


def same_fingerprint(one: str, other: str) -> bool:
    """True when two fingerprints are of the same piece: a third of their marks agree."""
    ours, theirs = (_marks(text) for text in (one, other))
    needed = _SHARED if min(len(ours), len(theirs)) >= _MARKS else max(len(ours), len(theirs), 1)
    return len(ours & theirs) >= needed


def is_surely_the_same(one: str, other: str) -> bool:
    """True when two fingerprints agree in so many marks that no form around other news does."""
    ours, theirs = (_marks(text) for text in (one, other))
    return bool(ours) and len(ours & theirs) >= min(SURE, max(len(ours), len(theirs)))


def first_marks(written: str) -> tuple[str, ...]:
    """So few of a fingerprint's marks that one of them is in every fingerprint which shares `SURE` of them.

    Source: Bayardo, Ma and Srikant, Scaling Up All Pairs Similarity Search (2007), prefix filtering.
    """
    ends = range(0, max(1, len(written) // _MARK_LENGTH - SURE + 1) * _MARK_LENGTH, _MARK_LENGTH)
    return tuple(written[at : at + _MARK_LENGTH] for at in ends)


def marks_of(written: str) -> frozenset[str]:
    """The marks of a fingerprint."""
    return frozenset(_marks(written))


def _marks(written: str) -> set[str]:
    text = written.strip().lower()
    return {text[at : at + _MARK_LENGTH] for at in range(0, len(text), _MARK_LENGTH)}


def containment(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter piece's shingles that stand in the other, from 0 to 1."""
    return len(one & other) / max(1, min(len(one), len(other)))
