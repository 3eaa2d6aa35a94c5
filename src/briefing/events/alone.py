"""What a report alone says: sentences, word for word, whose news the report that is printed does not have."""

from collections.abc import Iterable

from briefing.digests.anaphora import balanced, is_bare_quotation, leans_back, points_back
from briefing.events.features import Gist, Statement
from briefing.events.likeness import Weights

#: Of a sentence's weight so much has to be new, and so many words: less is another way to say it.
_NEW, _WORDS = 0.6, 4
#: Sentences of one report; more would be a second story.
_MOST = 2


def said_alone(report: Gist, known: Iterable[Gist], weights: Weights) -> tuple[str, ...]:
    """The sentences of a report that tell most of what nobody else told, in its order.

    Args:
        report: the report.
        known: what has been told: the story as printed, and reports that are listed before this one.
        weights: how rare each word is.
    """
    told = frozenset[str]().union(*(each.words for each in known))
    rated = [
        (value, -place, sentence.text)
        for place, sentence in enumerate(report.sentences[1:])
        if (value := _value(sentence, told, weights))
    ]
    chosen = sorted(sorted(rated, reverse=True)[:_MOST], key=lambda one: -one[1])
    return tuple(text for _, _, text in chosen)


def _value(sentence: Statement, told: frozenset[str], weights: Weights) -> float:
    """The weight of what is new in a sentence; 0 when it should not stand alone."""
    text = sentence.text
    new = sentence.words - told
    if len(new) < _WORDS or points_back(text) or leans_back(text) or is_bare_quotation(text):
        return 0.0
    weight = {word: weights.rarity(word) for word in sentence.words}
    share = sum(weight[word] for word in sorted(new)) / sum(weight[w] for w in sorted(weight))
    return sum(weight[word] for word in sorted(new)) if share >= _NEW and balanced(text) else 0.0
