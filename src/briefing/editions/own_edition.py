"""A reader's own edition: of the stories of an edition those that somebody asked for, and no other word."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from briefing.editions.subject_line import preheader_for, subject_for
from briefing.errors import EditionError
from briefing.model.article import UPDATED_SINCE, Article, Verdict
from briefing.model.edition import Edition, Item
from briefing.model.subscriber import Choice

#: Names a story: the edition that was approved with it, and the item there.
StoryRef = tuple[str, str]


class _Topic(Protocol):
    @property
    def sections(self) -> tuple[str, ...]: ...
    @property
    def sources(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A story that own editions may print."""

    ref: StoryRef
    item: Item
    #: Keys of the topics it belongs to.
    topics: frozenset[str]


def topics_of(item: Item, topics: Mapping[str, _Topic]) -> frozenset[str]:
    """The topics that a story belongs to: by its kicker, which editors write, its section or its source."""
    article = item.article
    said = {text.strip().casefold() for text in (item.kicker, article.section or "") if text}
    return frozenset(
        key
        for key, topic in topics.items()
        if article.source in topic.sources
        or said & {section.casefold() for section in topic.sections}
    )


def offered(
    edition: Edition, earlier: Iterable[Edition], topics: Mapping[str, _Topic]
) -> tuple[Offered, ...]:
    """The stories of an edition, then those of earlier ones that it does not print again.

    Args:
        edition: the one that is sent.
        earlier: editions that were sent, the newest first; their stories are for weekly letters.
        topics: those of the list, by key.
    """
    found: list[Offered] = []
    for one in (edition, *earlier):
        for item in one.items:
            if not any(_is_same(item.article, other.item.article) for other in found):
                about = topics_of(item, topics)
                found.append(Offered(ref=(one.id, item.id), item=item, topics=about))
    return tuple(found)


def is_updated(article: Article) -> bool:
    """True where it was printed before and has changed since: that is news."""
    return any(flag.startswith(UPDATED_SINCE) for flag in article.flags)


def _is_same(one: Article, other: Article) -> bool:
    """True where whoever has read one has read the other."""
    if one.text.split() == other.text.split():
        return True
    is_news = is_updated(one) or is_updated(other)
    return bool(one.fingerprint) and one.fingerprint == other.fingerprint and not is_news


def wanted(
    choice: Choice, stories: Sequence[Offered], edition: Edition, topics: Iterable[str], most: int
) -> tuple[StoryRef, ...]:
    """The stories of a choice, in order.

    A topic that the list does not have any more asks for nothing; where none is left, all are wanted:
    silence would be a guess.

    Args:
        choice: what readers chose.
        stories: what there is.
        edition: the one that is sent.
        topics: keys of the topics that the list has.
        most: how many stories a weekly letter holds.
    """
    asked = frozenset(choice.topics) & frozenset(topics)
    found = [
        one.ref
        for one in stories
        if (choice.weekly or one.ref[0] == edition.id) and (not asked or one.topics & asked)
    ]
    return tuple(found[:most] if choice.weekly else found)


def own_edition(edition: Edition, stories: Sequence[Item]) -> Edition:
    """The edition with these stories alone.

    A report leads, whatever was put first in the whole edition, and the subject follows it. What people
    wrote stays. Of the paid pieces as many stay as stories keep apart: none comes first or next to the
    lead, and no two stand in a row.

    Raises:
        EditionError: when no report is among the stories.
    """
    lead = next((one for one in stories if one.article.verdict is Verdict.EDITORIAL), None)
    if lead is None:
        raise EditionError(f"A variant of {edition.id} has no report; it cannot lead.")
    items = (lead, *(one for one in stories if one is not lead))
    leads_both = edition.lead is not None and edition.lead.id == lead.id
    return replace(
        edition,
        items=items,
        sponsored=edition.sponsored[: len(items) - 1],
        dropped=(),
        subject=edition.subject if leads_both else subject_for(items, edition.title),
        preheader=edition.preheader if items == edition.items else preheader_for(items),
    )
