"""Choosing and ordering: which stories an edition prints, and in which block."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from briefing.editions.kickers import kicker
from briefing.editions.subject_line import preheader_for, subject_for
from briefing.errors import EditionError
from briefing.model.article import Article, Verdict
from briefing.model.digest import Digest
from briefing.model.edition import Edition, EditionStatus, Item

#: Labels that put a story first, strongest first.
_URGENT = ("breaking", "exclusive", "revealed", "live")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionSettings:
    """How many stories an edition may have, and its name."""

    #: The key of the briefing in config.toml.
    briefing: str
    title: str
    min_items: int = 1
    max_items: int = 12


def edition_id(briefing: str, slot: datetime) -> str:
    """The name of a slot's edition, fit for a file."""
    return f"{briefing}-{slot:%Y-%m-%d}"


def assemble(
    stories: Sequence[tuple[Article, Digest]], settings: EditionSettings, slot: datetime
) -> Edition:
    """Put the stories of one slot in order: a lead, the items, then what somebody paid for.

    Repeated pieces are left out (they are named in the kept piece's `seen_in`). A piece whose
    verdict is open goes to `held`, in no block, and the edition waits for a person.

    Args:
        stories: articles with their digests, in page order.
        settings: the briefing's name and size.
        slot: the local time the edition is for; aware.

    Raises:
        EditionError: when fewer than `min_items` editorial stories are left.
    """
    printed = [_item(article, digest) for article, digest in stories if not article.duplicate_of]
    reports = _of(printed, Verdict.EDITORIAL)
    held = _of(printed, Verdict.UNSURE)
    if len(reports) < settings.min_items and not held:
        raise EditionError(
            f"{settings.title} has {_stories(len(reports))} for {slot:%d %B %Y} and min_items asks "
            f"for {settings.min_items}; no edition was made. Add pages or lower min_items."
        )
    ranked = sorted(reports, key=_rank)
    items, surplus = ranked[: settings.max_items], ranked[settings.max_items :]
    return Edition(
        id=edition_id(settings.briefing, slot),
        briefing=settings.briefing,
        title=settings.title,
        slot=slot,
        items=tuple(items),
        sponsored=tuple(_of(printed, Verdict.SPONSORED)),
        held=tuple(held),
        dropped=tuple(surplus),
        subject=subject_for(items, settings.title),
        preheader=preheader_for(items),
        status=EditionStatus.HELD if held else EditionStatus.DRAFT,
    )


def _item(article: Article, digest: Digest) -> Item:
    return Item(
        article=article,
        digest=digest,
        kicker="Updated" if _is_update(article) else kicker(article),
        headline=article.headline,
        paragraph=digest.text,
    )


def _is_update(article: Article) -> bool:
    """True when an earlier edition printed it with other words: see `desk.draft`."""
    return any(flag.startswith("updated since ") for flag in article.flags)


def _of(items: Sequence[Item], verdict: Verdict) -> list[Item]:
    return [item for item in items if item.article.verdict is verdict]


def _rank(item: Item) -> tuple[int, int]:
    """Urgent labels first, then the newest day; equals keep page order because sort is stable."""
    labels = [label.casefold() for label in item.article.labels]
    urgent = min(
        (_URGENT.index(label) for label in labels if label in _URGENT), default=len(_URGENT)
    )
    return urgent, -(item.article.published or date.min).toordinal()


def _stories(count: int) -> str:
    return "1 story" if count == 1 else f"{count} stories"
