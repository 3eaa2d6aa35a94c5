"""Choosing and ordering: which stories an edition prints, and in which block."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b

from briefing.counted import counted
from briefing.editions.also_in import first_saved, stand_for
from briefing.editions.kickers import kicker
from briefing.editions.ranking import NO_HABITS, Habits, dropped_before, ranked
from briefing.editions.subject_line import preheader_for, subject_for
from briefing.errors import EditionError
from briefing.model.article import UPDATED_SINCE, Article, Verdict
from briefing.model.digest import Digest
from briefing.model.edition import Edition, EditionStatus, FollowUp, Item, Retelling


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionSettings:
    """How many stories an edition may have, and its name."""

    #: The key of the briefing in config.toml.
    briefing: str
    title: str
    #: A day has several editions.
    by_hour: bool = False
    min_items: int = 1
    max_items: int = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What an edition takes from those before it, and from what its pieces have in common."""

    #: What the desk did with the pieces of its earlier editions.
    habits: Habits = NO_HABITS
    #: By the id of an article, the printed story that it carries on.
    carried: Mapping[str, FollowUp] = field(default_factory=dict)
    #: By the id of an article, the pieces that it stands for.
    also_in: Mapping[str, tuple[Retelling, ...]] = field(default_factory=dict)


ALONE = Background()


def edition_id(briefing: str, slot: datetime, *, by_hour: bool = False) -> str:
    """The name of a slot's edition, fit for a file; with its hour where a day has several."""
    return f"{briefing}-{slot:%Y-%m-%d-%H%M}" if by_hour else f"{briefing}-{slot:%Y-%m-%d}"


def assemble(
    stories: Sequence[tuple[Article, Digest]],
    settings: EditionSettings,
    slot: datetime,
    background: Background = ALONE,
) -> Edition:
    """Put the stories of one slot in order: a lead, the items, then what somebody paid for.

    Pieces that another one stands for are kept aside, each with its reason. A piece whose
    verdict is open goes to `held`, in no block, and the edition waits for a person. A story that
    an editor dropped before stays among the dropped ones, where it can be restored. What a body
    issued itself comes after the reports, and is left out where there is none: it never leads.

    Args:
        stories: articles with their digests, in page order.
        settings: the briefing's name and size.
        slot: the local time the edition is for; aware.
        background: what it takes from earlier editions, and which pieces are one story.

    Raises:
        EditionError: when fewer than `min_items` editorial stories are left.
    """
    name = edition_id(settings.briefing, slot, by_hour=settings.by_hour)
    pieces = [
        _in_its_event(item_of(article, digest), background.carried.get(article.id), name)
        for article, digest in stories
    ]
    kept, aside = stand_for(pieces, background.also_in)
    again = [item for item in kept if dropped_before(item.article)]
    printed = [item for item in kept if not dropped_before(item.article)]
    reports, issued = _of(printed, Verdict.EDITORIAL), _of(printed, Verdict.ISSUED)
    held = _of(printed, Verdict.UNSURE)
    if len(reports) < settings.min_items and not held:
        raise EditionError(
            f"{settings.title} has {counted(len(reports), 'story', 'stories')} for {slot:%d %B %Y} and "
            f"min_items asks for {settings.min_items}; no edition was made. Add pages or lower min_items."
        )
    since = first_saved(pieces, background.also_in)
    ordered = ranked(reports, slot, background.habits, since)
    ordered += ranked(issued, slot, background.habits, since, after=len(reports))
    most = settings.max_items if reports else 0
    items, surplus = ordered[:most], ordered[most:]
    return Edition(
        id=name,
        briefing=settings.briefing,
        title=settings.title,
        slot=slot,
        items=tuple(items),
        sponsored=tuple(_of(printed, Verdict.SPONSORED)),
        held=tuple(held),
        dropped=(*surplus, *again, *aside),
        subject=subject_for(items, settings.title),
        preheader=preheader_for(items),
        status=EditionStatus.HELD if held else EditionStatus.DRAFT,
    )


def item_of(article: Article, digest: Digest) -> Item:
    """A piece as an edition prints it before anybody has changed a word."""
    return Item(
        article=article,
        digest=digest,
        kicker="Updated" if _is_update(article) else kicker(article),
        headline=article.headline,
        paragraph=digest.text,
    )


def _in_its_event(item: Item, before: FollowUp | None, edition: str) -> Item:
    """The piece with its event: that of the story it carries on, else a new one."""
    event = before.event if before else event_id(edition, item.id)
    return replace(item, follow_up=before, event=event)


def event_id(edition: str, piece: str) -> str:
    """The name of an event for good, by the piece that told of it first."""
    return blake2b(f"{edition}\n{piece}".encode(), digest_size=5).hexdigest()


def _is_update(article: Article) -> bool:
    """True when an earlier edition printed it with other words: see `actions.editions.draft`."""
    return any(flag.startswith(UPDATED_SINCE) for flag in article.flags)


def _of(items: Sequence[Item], verdict: Verdict) -> list[Item]:
    return [item for item in items if item.article.verdict is verdict]
