"""Follow-ups: which stories of a draft carry on one that readers have had, and what is new in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.actions.resolve_name import the_draft
from briefing.editions import edited, event_id
from briefing.model.edition import Edition, FollowUp, Item

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from briefing.actions.context import Desk
    from briefing.digests.follow_ups import PrintedStory
    from briefing.model.article import Article
    from briefing.model.digest import Digest
    from briefing.model.edition import Retelling

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


def carried_on(
    desk: Desk,
    briefing: str,
    stories: Sequence[tuple[Article, Digest]],
    others: Mapping[str, tuple[Retelling, ...]],
    told: tuple[tuple[str, int], ...],
) -> dict[str, FollowUp]:
    """By the id of each article that carries on a printed story, that story and what is new.

    A story carries on what any of the pieces that it stands for carries on.

    Args:
        desk: the desk.
        briefing: whose readers.
        stories: in page order.
        others: those that each of them stands for.
        told: see `told_lately`.
    """
    if not told:
        return {}
    from briefing.digests.follow_ups import Archive  # noqa: PLC0415 - slow to import, see `digests`

    articles = {article.id: article for article, _ in stories}
    archive = Archive(_told(desk, told), list(articles.values()))
    prints = desk.config.briefing(briefing).follow_ups == "letter"
    found = {}
    for article, digest in stories:
        pieces = [article, *(articles[one.id] for one in others.get(article.id, ()))]
        before = next(filter(None, map(archive.carried_on_by, pieces)), None)
        if before is not None:
            found[article.id] = _follow_up(article, digest, before, prints=prints)
    return found


def _follow_up(article: Article, digest: Digest, told: PrintedStory, *, prints: bool) -> FollowUp:
    from briefing.digests.follow_ups import news_since  # noqa: PLC0415

    news = news_since(article, digest, told)
    return FollowUp(
        edition=told.edition,
        day=told.day,
        headline=told.headline,
        event=told.event,
        times=told.times,
        led=told.led,
        news=news,
        printed=prints and news is not None,
    )


def _told(desk: Desk, told: tuple[tuple[str, int], ...]) -> Sequence[PrintedStory]:
    """The stories of these editions, oldest first, each after what was told of its event before it."""
    from briefing.digests.follow_ups import PrintedStory  # noqa: PLC0415

    versions = (desk.store.drafts.version(name, number) for name, number in told)
    editions = (edited(version.base, version.changes).edition for version in versions)
    found: list[PrintedStory] = []
    newest: dict[str, PrintedStory] = {}
    for one in editions:
        for item in one.items:
            event = item.event or event_id(one.id, item.id)
            newest[event] = PrintedStory(
                edition=one.id,
                day=one.slot.date(),
                headline=item.headline,
                paragraph=item.paragraph,
                article=item.article,
                led=item is one.lead,
                event=event,
                before=newest.get(event),
            )
            found.append(newest[event])
    return found
