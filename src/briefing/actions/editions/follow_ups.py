"""Follow-ups: which stories of a draft carry on one that readers have had, and what is new in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from briefing.actions.resolve_name import the_draft
from briefing.editions import edited
from briefing.model.edition import Edition, FollowUp, Item

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from briefing.actions.context import Desk
    from briefing.digests.follow_ups import Archive, PrintedStory

#: So long readers remember a story; seconds.
_MEMORY = 14 * 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpLine:
    """One story of an edition that carries on another."""

    item: Item
    follow_up: FollowUp
    #: "Since Tuesday:", in the newsroom's language.
    label: str


def follow_ups(desk: Desk, edition_id: str) -> tuple[FollowUpLine, ...]:
    """The stories of an edition that carry on others, in its order.

    Raises:
        StoreError: when there is no such edition.
    """
    edition = the_draft(desk, edition_id)
    return tuple(
        FollowUpLine(item=item, follow_up=item.follow_up, label=since_label(desk, edition, item))
        for item in edition.items
        if item.follow_up
    )


def since_label(desk: Desk, edition: Edition, item: Item) -> str:
    """The label that goes before what is new in a story; empty where it carries on none."""
    from briefing.languages.furniture import furniture  # noqa: PLC0415 - a draft needs none

    if not item.follow_up:
        return ""
    return furniture(desk.config.site.language).since(item.follow_up.day, edition.slot.date())


def told_lately(
    desk: Desk, briefing: str, edition: str, now: datetime
) -> tuple[tuple[str, int], ...]:
    """What the briefing's readers were sent lately but this: edition and version, oldest first."""
    names = desk.store.memory.editions(briefing, now.timestamp() - _MEMORY, but=edition)
    numbers = ((name, desk.store.drafts.number(name)) for name in names)
    return tuple((name, number) for name, number in numbers if number)


def with_follow_ups(desk: Desk, edition: Edition, told: tuple[tuple[str, int], ...]) -> Edition:
    """The edition, each story that carries on a printed one marked with it and with what is new.

    Args:
        desk: the desk.
        edition: as it was put together.
        told: see `told_lately`.
    """
    if not told:
        return edition
    from briefing.digests.follow_ups import Archive  # noqa: PLC0415 - slow to import, see `digests`

    archive = Archive(_told(desk, told), [item.article for item in edition.items])
    prints = desk.config.briefing(edition.briefing).follow_ups == "letter"
    items = (_marked(item, archive, prints=prints) for item in edition.items)
    return replace(edition, items=tuple(items))


def _marked(item: Item, archive: Archive, *, prints: bool) -> Item:
    from briefing.digests.follow_ups import news_since  # noqa: PLC0415

    told = archive.carried_on_by(item.article)
    if told is None:
        return item
    news = news_since(item.article, item.digest, told)
    follow_up = FollowUp(
        edition=told.edition,
        day=told.day,
        headline=told.headline,
        news=news,
        printed=prints and news is not None,
    )
    return replace(item, follow_up=follow_up)


def _told(desk: Desk, told: tuple[tuple[str, int], ...]) -> Sequence[PrintedStory]:
    from briefing.digests.follow_ups import PrintedStory  # noqa: PLC0415

    versions = (desk.store.drafts.version(name, number) for name, number in told)
    editions = (edited(version.base, version.changes).edition for version in versions)
    return [
        PrintedStory(
            edition=one.id,
            day=one.slot.date(),
            headline=item.headline,
            paragraph=item.paragraph,
            article=item.article,
        )
        for one in editions
        for item in one.items
    ]
