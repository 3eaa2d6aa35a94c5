"""Same or other: what two pieces that share runs of words really have in common."""

from dataclasses import dataclass
from enum import StrEnum

from briefing.events.features import Gist, Statement

#: A sentence has its like in the other piece when so much of what it tells stands in one there,
#: and says the same when nearly all does.
_LIKE, _CLEAN = 0.5, 0.8
#: So much of the shorter piece has to be said in the other too.
_ENOUGH = 0.8
#: The same where its first sentence has other words in the place of some: "closed", "open again".
_SURE = 0.95
_MANY_NUMBERS = 3


class Kinship(StrEnum):
    """How two pieces are to each other."""

    SAME = "same"
    #: One report, cut and added to so much that it is not the same piece any more.
    PART = "part"
    #: One house's frame around other names or numbers: other news.
    FRAME = "frame"
    #: Much in common and nothing that contradicts: a person has to tell.
    PERHAPS = "perhaps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What was found, and the reason in words."""

    kinship: Kinship
    reason: str


def compare(one: Gist, other: Gist) -> Compared:
    """Say whether two pieces that share runs of words are the same news.

    They are when the sentences of the shorter one, and its first above all, are said in the longer
    one too, and no sentence of it tells another name or number in the place of one there. A
    sentence that is in one of them only makes nobody another piece: copies are cut and added to.
    """
    short, long = sorted((one, other), key=lambda piece: len(piece.text))
    clean, weight, first = 0, 0, 0.0
    for place, told in enumerate(short.sentences[1:]):
        like = _like(told, long)
        if like is not None and (found := _contradiction(told, like, short, long)):
            return Compared(kinship=Kinship.FRAME, reason=found)
        said = like is not None and _share(told, like) >= _CLEAN
        clean += said * len(told.words)
        weight += len(told.words)
        if place == 0 and like is not None and said:
            first = _SURE if told.words - like.words and like.words - told.words else _ENOUGH
    share = clean / max(1, weight)
    reason = f"{share:.0%} of the shorter one is in both"
    if first and share >= first:
        return Compared(kinship=Kinship.SAME, reason=reason)
    return Compared(kinship=Kinship.PART if first == _ENOUGH else Kinship.PERHAPS, reason=reason)


def unlike(one: Gist, other: Gist) -> bool:
    """True when two pieces that share few runs of words seem to be about other things.

    So they do when both tell many numbers, most of them others, and no name is in both: draws, prices.
    """
    if first_names_differ(one, other):
        return True
    least = min(len(one.numbers), len(other.numbers))
    others = 2 * len(one.numbers & other.numbers) <= least
    return least >= _MANY_NUMBERS and others and not one.names & other.names


def first_names_differ(one: Gist, other: Gist) -> bool:
    """True when a first sentence has a name in the place of another one's."""
    firsts = [(mine, yours) for mine in one.sentences[1:2] for yours in other.sentences[1:2]]
    return any(
        _share(mine, yours) >= _LIKE and _differ(mine.names, yours.names, one, other)
        for mine, yours in firsts
    )


def headlines_differ(one: Gist, other: Gist) -> bool:
    """True when each headline has names, and the other piece has not one of them anywhere.

    Of two headlines of one house it is enough that they have no word in common: it tells its readers
    of an event again under a name that they know.
    """
    heads = one.sentences[0], other.sentences[0]
    if one.house and one.house == other.house and not heads[0].words & heads[1].words:
        return True
    mine, yours = heads[0].names, heads[1].names
    return bool(mine and yours) and not mine & other.words and not yours & one.words


def _like(told: Statement, piece: Gist) -> Statement | None:
    """The sentence of the other piece that says most of this one."""
    best = max(piece.sentences[1:], key=lambda each: _share(told, each), default=None)
    return best if best is not None and _share(told, best) >= _LIKE else None


def _share(told: Statement, other: Statement) -> float:
    words = told.words
    return len(words & other.words) / len(words) if words else 1.0


def _contradiction(told: Statement, like: Statement, short: Gist, long: Gist) -> str:
    """Names or numbers that stand in the place of others, in words; empty when there are none."""
    for what, mine, yours in (
        ("name", told.names, like.names),
        ("number", told.numbers, like.numbers),
    ):
        if found := _differ(mine, yours, short, long):
            return f"another {what}: {found[0]!r} where the other has {found[1]!r}"
    return ""


def _differ(
    mine: frozenset[str], yours: frozenset[str], one: Gist, other: Gist
) -> tuple[str, str] | None:
    """A word of each that the other piece has nowhere."""
    only, theirs = mine - other.words, yours - one.words
    return (min(only), min(theirs)) if only and theirs else None
