"""Frames: the sentences that a house puts around its news, and what pieces tell without them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

from briefing.events.features import Gist
from briefing.events.sameness import Kinship, compare

#: A sentence in more pieces than this is nobody's news.
_STANDING = 5
#: A shorter one says too little: "He was fined."
_WORDS = 4


def without_frames(pieces: Sequence[Gist]) -> tuple[Gist, ...]:
    """The pieces without sentences that stand, word for word, in another one around other news too.

    What two papers took over from one agency stays: there the sentences around it agree as well.
    """
    holders: dict[str, list[int]] = {}
    for place, piece in enumerate(pieces):
        for told in piece.sentences[1:]:
            if len(told.words) >= _WORDS:
                holders.setdefault(told.text, []).append(place)

    @cache
    def other_news(pair: tuple[int, int]) -> bool:
        found = compare(pieces[pair[0]], pieces[pair[1]]).kinship
        return found in (Kinship.FRAME, Kinship.PERHAPS)

    frames = {
        text
        for text, places in holders.items()
        if len(places) > _STANDING or any(map(other_news, combinations(places, 2)))
    }
    return tuple(_without(piece, frames) for piece in pieces)


def _without(piece: Gist, frames: set[str]) -> Gist:
    kept = tuple(told for told in piece.sentences if told.text not in frames)
    return piece if len(kept) == len(piece.sentences) else replace(piece, sentences=kept)
