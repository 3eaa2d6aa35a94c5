"""Also in: one story that stands for other pieces, which are kept aside and can be had back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from briefing.errors import EditionError
from briefing.model.article import Verdict
from briefing.model.edition import Edition, Item, Relation, Retelling

#: Why a piece is kept aside.
_ASIDE = {
    Relation.SAME: "the same piece as “{headline}”",
    Relation.EVENT: "tells the event of “{headline}”",
}


def stand_for(
    items: Sequence[Item], also_in: Mapping[str, tuple[Retelling, ...]]
) -> tuple[list[Item], list[Item]]:
    """The items that are printed, each with the pieces it stands for; and those pieces, kept aside."""
    why = {
        told.id: _ASIDE[told.relation].format(headline=item.headline)
        for item in items
        for told in also_in.get(item.id, ())
    }
    of = {told.id: item.event for item in items for told in also_in.get(item.id, ())}
    printed = [
        replace(item, also_in=also_in.get(item.id, ())) for item in items if item.id not in why
    ]
    return printed, [
        replace(item, aside=why[item.id], event=of[item.id]) for item in items if item.id in why
    ]


def first_saved(
    items: Sequence[Item], also_in: Mapping[str, tuple[Retelling, ...]]
) -> dict[str, datetime]:
    """By the id of each item that stands for others, when the first page with any of them was saved."""
    saved = {item.id: item.article.saved for item in items}
    found = {}
    for name, others in also_in.items():
        known = [at for at in (saved.get(one) for one in (name, *(o.id for o in others))) if at]
        if known:
            found[name] = min(known)
    return found


def told_apart(edition: Edition, name: str) -> Edition:
    """The edition in which no story stands for that piece any more."""

    def rest(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(
            replace(item, also_in=tuple(told for told in item.also_in if told.id != name))
            for item in items
        )

    return each_block(edition, rest)


def joined(edition: Edition, item: Item, into: Item) -> Edition:
    """The edition in which one story, kept aside with all that it stands for, is told by another.

    Raises:
        EditionError: when they are one, or when somebody paid for either or nobody knows.
    """
    if item.id == into.id:
        raise EditionError(f"{item.headline!r} stands for itself already; name two stories.")
    if {item.article.verdict, into.article.verdict} != {Verdict.EDITORIAL}:
        raise EditionError(
            f"{item.headline!r} and {into.headline!r}: only reporting stands for reporting; decide "
            "first who speaks in each."
        )
    said = Retelling(
        id=item.id,
        headline=item.headline,
        relation=Relation.EVENT,
        url=item.article.canonical_url or item.article.url or "",
        reason="an editor joined them",
    )
    why = _ASIDE[Relation.EVENT].format(headline=into.headline)

    def without(items: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(
            replace(one, also_in=(*one.also_in, said, *item.also_in)) if one.id == into.id else one
            for one in items
            if one.id != item.id
        )

    rest = each_block(told_apart(edition, item.id), without)
    told = replace(item, also_in=(), aside=why, event=into.event)
    return replace(rest, dropped=(*rest.dropped, told))


def each_block(edition: Edition, change: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> Edition:
    """The edition with a change made to each of its blocks."""
    return replace(
        edition,
        items=change(edition.items),
        sponsored=change(edition.sponsored),
        held=change(edition.held),
        dropped=change(edition.dropped),
    )
