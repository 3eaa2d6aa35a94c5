"""Joins and splits: what editors said of two pieces, remembered for every later draft, and taken back."""

from collections.abc import Iterable

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.events.decisions import known_piece
from briefing.model.change import Change, Join, Restore
from briefing.model.edition import Edition, Item
from briefing.model.ruling import EventRuling
from briefing.model.version import Version


def standing(desk: Desk) -> tuple[EventRuling, ...]:
    """What editors said of two pieces and did not take back, oldest first."""
    return tuple(
        ruling for ruling in reversed(desk.store.event_rulings.all()) if ruling.withdrawn is None
    )


def remember(desk: Desk, edition: Edition, asked: Iterable[Change], actor: str) -> None:
    """Keep what the changes say of two pieces.

    Args:
        desk: the desk.
        edition: before the changes.
        asked: the changes.
        actor: who asks.
    """
    for ruling in _said(desk, edition, asked, actor):
        desk.store.event_rulings.record(ruling)


def follow(desk: Desk, before: Edition, stood: Version, stands: Version, actor: str) -> None:
    """Take back what was said in changes that are undone, and say again what is done once more.

    Args:
        desk: the desk.
        before: the edition as it stood.
        stood: its version then.
        stands: its version now.
        actor: who went from one to the other.
    """
    _forget(desk, before, [each for each in stood.changes if each not in stands.changes], actor)
    again = [each for each in stands.changes if each not in stood.changes]
    remember(desk, stood.base, again, actor)


def _forget(desk: Desk, edition: Edition, undone: Iterable[Change], actor: str) -> None:
    names = {change.item for change in undone if isinstance(change, Join | Restore)}
    marks = {known_piece(item.article) for item in _everywhere(edition) if item.id in names}
    for ruling in standing(desk):
        if ruling.edition == edition.id and ruling.piece in marks:
            take_back(desk, ruling.id, actor=actor)


def take_back(desk: Desk, number: int, *, actor: str) -> EventRuling:
    """Let later drafts compare the pieces of a decision again.

    Raises:
        StoreError: when there is no such decision.
    """
    ruling = desk.store.event_rulings.withdraw(number, desk.clock().timestamp())
    log_action(desk, actor, "withdraw", detail=told(ruling))
    return ruling


def told(ruling: EventRuling) -> str:
    """A decision in words."""
    between = "is told by" if ruling.joined else "is another story than"
    return f"“{ruling.piece.headline}” {between} “{ruling.other.headline}”"


def _said(
    desk: Desk, edition: Edition, asked: Iterable[Change], actor: str
) -> Iterable[EventRuling]:
    items = {item.id: item for item in _everywhere(edition)}
    at = desk.clock().timestamp()
    for change in asked:
        if not isinstance(change, Join | Restore) or change.item not in items:
            continue
        joined = isinstance(change, Join)
        others = [change.into] if isinstance(change, Join) else _tellers(edition, change.item)
        for other in others:
            if other in items:
                yield EventRuling(
                    joined=joined,
                    piece=known_piece(items[change.item].article),
                    other=known_piece(items[other].article),
                    edition=edition.id,
                    actor=actor,
                    at=at,
                )


def _tellers(edition: Edition, name: str) -> list[str]:
    """The stories that stand for a piece, and whatever else they stand for."""
    found = []
    for item in _everywhere(edition):
        ids = [one.id for one in item.also_in]
        if name in ids:
            found += [item.id, *(one for one in ids if one != name)]
    return found


def _everywhere(edition: Edition) -> tuple[Item, ...]:
    return (*edition.items, *edition.sponsored, *edition.held, *edition.dropped)
