"""Retellings: which pieces of a draft one story stands for, and what each of them alone says."""

from collections.abc import Sequence

from briefing.events.alone import said_alone
from briefing.events.features import Gist, gist_of
from briefing.events.happenings import Happening, happenings
from briefing.events.likeness import Weights
from briefing.events.publishers import house_of, publisher_of
from briefing.model.article import Article, Verdict
from briefing.model.edition import Relation, Retelling


def retellings(articles: Sequence[Article]) -> dict[str, tuple[Retelling, ...]]:
    """By the id of each story that stands for others, those others.

    Copies are what `mark_duplicates` found. Of what is left, reporting alone is looked at for events:
    nothing that somebody paid for, or may have, is put into a story or takes one in.

    Args:
        articles: all that may be printed, in page order.
    """
    copies = _copies(articles)
    reports = [
        article
        for article in articles
        if not article.duplicate_of and article.verdict is Verdict.EDITORIAL
    ]
    told = [gist_of(article) for article in reports]
    weights = Weights.of(told)
    found = dict(copies)
    for happening in happenings(told):
        best = reports[happening.best]
        others = _others(happening, reports, told, weights)
        also = [*copies.get(best.id, ())]
        for other in others:
            also += [other, *found.pop(other.id, ())]
        found[best.id] = tuple(also)
    return found


def _copies(articles: Sequence[Article]) -> dict[str, tuple[Retelling, ...]]:
    known = {article.id: article for article in articles}
    return {
        article.id: tuple(
            _retelling(known[name], Relation.SAME, "its words are in both")
            for name in article.seen_in
            if name in known
        )
        for article in articles
        if article.seen_in
    }


def _others(
    happening: Happening, reports: Sequence[Article], told: Sequence[Gist], weights: Weights
) -> list[Retelling]:
    known, found = [told[happening.best]], []
    for place in happening.others:
        reason = _reason(told[happening.best], told[place], weights)
        alone = said_alone(told[place], known, weights)
        found.append(_retelling(reports[place], Relation.EVENT, reason, alone))
        known.append(told[place])
    return found


def _reason(best: Gist, other: Gist, weights: Weights) -> str:
    """What an editor sees: the rarest names that both have, as the story writes them."""
    shared = {name: word for name, word in best.written.items() if name in other.names}
    rarest = sorted(shared, key=lambda name: (-weights.rarity(name), name))[:3]
    told = [word for name, word in shared.items() if name in rarest][::-1]
    return f"both tell of {', '.join(told)}" if told else "both tell much the same"


def _retelling(
    article: Article, relation: Relation, reason: str, alone: tuple[str, ...] = ()
) -> Retelling:
    return Retelling(
        id=article.id,
        headline=article.headline,
        relation=relation,
        publisher=publisher_of(article),
        house=house_of(article),
        url=article.canonical_url or article.url or "",
        reason=reason,
        alone=alone,
    )
