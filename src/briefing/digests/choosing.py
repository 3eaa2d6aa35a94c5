"""Choosing: from rated sentences to a paragraph inside the word window."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from briefing.digests.candidates import Candidates
from briefing.digests.desk_engine import Floats, vectors_of
from briefing.digests.references import balanced, leaves_single_open

#: What a sentence loses for saying again what is said already, at most.
_NOVELTY = 0.7
#: Above this likeness a sentence is another wording of one that is taken: it comes last of all.
_TWIN = 0.6
#: What it loses for calling somebody "Mr Hale" who is introduced in a sentence left out.
_STRANGER = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The places chosen, in order, and for each sentence why it was taken or left."""

    places: tuple[int, ...]
    reasons: tuple[str, ...]


def choose(
    found: Candidates, ratings: Sequence[float], words: tuple[int, int], most: int, language: str
) -> Choice:
    """Take the best groups until the window is reached; a group is a sentence with its needs.

    Args:
        found: the article's sentences.
        ratings: one for each; higher is better.
        words: the window, least and most.
        most: the largest number of sentences.
        language: an ISO 639 code.
    """
    lengths = found.lengths
    vectors = vectors_of(found.texts, language)
    reasons = list(found.against)
    chosen: set[int] = set()
    open_places = {place for place, reason in enumerate(reasons) if not reason}
    while open_places and sum(lengths[place] for place in chosen) < words[0]:
        repeated = _likeness(vectors, chosen)
        worth = {
            place: _worth(found, ratings[place], float(repeated[place]), chosen, place)
            for place in open_places
        }
        best = max(open_places, key=lambda place: (worth[place], -place))
        open_places.discard(best)
        group = ({best} | found.needs[best]) - chosen
        obstacle = _obstacle(found, chosen, group, lengths, words[1], most)
        if obstacle:
            reasons[best] = obstacle
            continue
        for place in group:
            reasons[place] = "taken" if place == best else f"taken with sentence {best + 1}"
        chosen |= group
        open_places -= group
    for place in open_places:
        reasons[place] = "the window was full"
    return Choice(places=tuple(sorted(chosen)), reasons=tuple(reasons))


def _likeness(vectors: Floats, chosen: set[int]) -> Floats:
    """How much each sentence repeats the chosen one it is most like."""
    if not chosen:
        return np.zeros(len(vectors))
    most: Floats = (vectors @ vectors[sorted(chosen)].T).max(axis=1)
    return most


def _worth(
    found: Candidates, rating: float, repeated: float, chosen: set[int], place: int
) -> float:
    """Rating, less what the chosen say already, less who has not been introduced."""
    group = {place} | found.needs[place]
    strangers = frozenset[int]().union(*(found.introduced_by[one] for one in group))
    strangers -= chosen | group
    novelty = _NOVELTY * repeated + (1.0 if repeated > _TWIN else 0.0)
    return rating - novelty - (_STRANGER if strangers else 0.0)


def _obstacle(
    found: Candidates,
    chosen: set[int],
    group: set[int],
    lengths: tuple[int, ...],
    most_words: int,
    most: int,
) -> str:
    unfit = next((place for place in sorted(group) if found.against[place]), None)
    if unfit is not None:
        return f"needs sentence {unfit + 1}: {found.against[unfit]}"
    if len(chosen | group) > most:
        return "needs more sentences than a digest may have"
    if sum(lengths[place] for place in chosen | group) > most_words:
        return "does not fit into the window"
    wording = " ".join(found.texts[place] for place in sorted(group))
    if not balanced(wording) or leaves_single_open(wording):
        return "leaves a quotation open"
    return ""
