"""Retellings: which pieces of a draft one story stands for, and what each of them alone says."""

from collections.abc import Sequence
from datetime import UTC, datetime

from briefing.events.alone import said_alone
from briefing.events.decisions import Decisions
from briefing.events.features import Gist, gist_of
from briefing.events.happenings import Happening, happenings
from briefing.events.likeness import Weights
from briefing.events.publishers import house_of, publisher_of
from briefing.model.article import Article, Verdict
from briefing.model.edition import Relation, Retelling
from briefing.model.ruling import EventRuling


def retellings(
    articles: Sequence[Article], rulings: Sequence[EventRuling] = ()
) -> dict[str, tuple[Retelling, ...]]:
    """By the id of each story that stands for others, those others.

    Copies are what `mark_duplicates` found. Of what is left, reporting alone is looked at for events:
    nothing that somebody paid for, or may have, is put into a story or takes one in.

    Args:
        articles: all that may be printed, in page order.
        rulings: what editors joined and told apart, oldest first; of that nothing is guessed.
    """
    copies = _copies(articles)
    reports = [
        article
        for article in articles
        if not article.duplicate_of and article.verdict is Verdict.EDITORIAL
    ]
    told = [gist_of(article) for article in reports]
    weights = Weights.of(told)
    decided = Decisions.of(reports, rulings)
    found = dict(copies)
    for happening in _as_joined(happenings(told, sorted(decided.apart)), decided):
        best = reports[happening.best]
        others = _others(happening, reports, told, weights, decided)
        also = [*copies.get(best.id, ())]
        for other in others:
            also += [other, *found.pop(other.id, ())]
        found[best.id] = tuple(also)
    return found


def _as_joined(found: Sequence[Happening], decided: Decisions) -> list[Happening]:
    """The events with what editors joined: the story they named tells what they put into it."""
    best = {place: one.best for one in found for place in (one.best, *one.others)}
    for piece, teller in decided.joined:
        group = best.get(piece, piece)
        # The piece alone goes where it was put, unless it tells of an event itself.
        moved = [place for place, at in best.items() if at == group] if group == piece else []
        best.setdefault(teller, teller)
        best.update(dict.fromkeys((piece, *moved), best[teller]))
    groups: dict[int, list[int]] = {}
    for place, at in sorted(best.items()):
        groups.setdefault(at, [])
        if place != at:
            groups[at].append(place)
    return [Happening(best=at, others=tuple(rest)) for at, rest in groups.items() if rest]


def _decided(ruling: EventRuling) -> str:
    on = datetime.fromtimestamp(ruling.at, UTC)
    return f"{ruling.actor} joined them on {on.day} {on:%B %Y}"


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
    happening: Happening,
    reports: Sequence[Article],
    told: Sequence[Gist],
    weights: Weights,
    decided: Decisions,
) -> list[Retelling]:
    known, found = [told[happening.best]], []
    for place in happening.others:
        ruling = next((one for (piece, _), one in decided.joined.items() if piece == place), None)
        reason = _decided(ruling) if ruling else _reason(told[happening.best], told[place], weights)
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
