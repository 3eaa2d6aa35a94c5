"""Choosing: from rated sentences to a paragraph inside the word window."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from briefing.digests.anaphora import balanced, leaves_single_open
from briefing.digests.candidates import Candidates
from briefing.digests.vectors import Floats, vectors_of

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
    strangers = _strangers(found)
    reasons = list(found.against)
    chosen: set[int] = set()
    open_places = {place for place, reason in enumerate(reasons) if not reason}
    while open_places and sum(lengths[place] for place in chosen) < words[0]:
        worth = np.array(ratings) - _losses(vectors, strangers, chosen)
        best_first = np.argsort(-worth, kind="stable").tolist()
        for best in (place for place in best_first if place in open_places):
            open_places.discard(best)
            group = ({best} | found.needs[best]) - chosen
            reasons[best] = _obstacle(found, chosen, group, lengths, words[1], most)
            if not reasons[best]:
                break
        else:
            break
        for place in group:
            reasons[place] = "taken" if place == best else f"taken with sentence {best + 1}"
        chosen |= group
        open_places -= group
    for place in open_places:
        reasons[place] = "the window was full"
    return Choice(places=tuple(sorted(chosen)), reasons=tuple(reasons))


def _strangers(found: Candidates) -> dict[int, set[int]]:
    """Where those are introduced whom a sentence, or one that comes with it, calls by surname."""
    introduced: dict[int, set[int]] = {}
    for place, needed in enumerate(found.needs):
        group = {place} | needed
        elsewhere = {at for one in group for at in found.introduced_by[one]} - group
        if elsewhere:
            introduced[place] = elsewhere
    return introduced


def _losses(vectors: Floats, strangers: dict[int, set[int]], chosen: set[int]) -> Floats:
    """What each sentence loses for saying again what is said, and for whom nobody has met."""
    losses = np.zeros(len(vectors))
    if chosen:
        repeated = (vectors @ vectors[sorted(chosen)].T).max(axis=1)
        losses += _NOVELTY * repeated + (repeated > _TWIN)
    for place, elsewhere in strangers.items():
        if elsewhere - chosen:
            losses[place] += _STRANGER
    return losses


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
