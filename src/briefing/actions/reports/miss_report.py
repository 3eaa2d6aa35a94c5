"""The miss report: events that three sources had, and that no edition of 30 days printed."""

from dataclasses import dataclass

from briefing.actions.context import Desk
from briefing.actions.reports.balance_report import DAYS, sent_lately, source_of
from briefing.model.article import Verdict
from briefing.model.change import Drop
from briefing.model.edition import Edition, Item
from briefing.model.source_record import EntryState, InboxQuery

#: So many independent houses make a miss.
ENOUGH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A story that was left out, and who had it."""

    edition: str
    item: str
    headline: str
    #: Each house once, ours of the report that tells most first.
    sources: tuple[str, ...]
    #: Why it was left out, in words.
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissReport:
    """What was missed, the most carried first."""

    editions: int
    misses: tuple[Miss, ...]
    #: Entries since the last edition that no draft has looked at.
    unread: int


def miss_report(desk: Desk, briefing: str) -> MissReport:
    """What three sources had and this briefing did not print.

    It looks at the stories that sent editions left out, with the pieces that tell the same event. A
    story that a later or earlier edition printed, or that another one told, does not count. What sources had
    that no draft has seen is counted, and cannot be compared.

    Args:
        desk: the desk.
        briefing: its key in config.toml.
    """
    editions = sent_lately(desk, briefing)
    printed = {mark for edition in editions for item in edition.items for mark in _marks(item)}
    found: dict[str, Miss] = {}
    for edition in editions:
        for item in edition.dropped:
            sources = _sources(item)
            if len(sources) >= ENOUGH and not printed & _marks(item):
                known = found.get(item.article.fingerprint)
                if known is None or len(known.sources) < len(sources):
                    found[item.article.fingerprint] = _miss(desk, edition, item, sources)
    ordered = sorted(found.values(), key=lambda one: (-len(one.sources), one.headline))
    since = desk.clock().timestamp() - DAYS * 86_400
    asked = InboxQuery(sources=desk.config.briefing(briefing).sources, since=since)
    unread = desk.store.pieces.counts(asked).get(EntryState.NEW, 0)
    return MissReport(editions=len(editions), misses=tuple(ordered), unread=unread)


def _marks(item: Item) -> frozenset[str]:
    """What the same piece has in print and among what was left out: its id and its whole fingerprint."""
    return frozenset({item.id, item.article.fingerprint} - {""})


def _sources(item: Item) -> tuple[str, ...]:
    if item.article.verdict is not Verdict.EDITORIAL or item.article.duplicate_of or item.aside:
        return ()
    return tuple(dict.fromkeys((source_of(item), *item.papers)))


def _miss(desk: Desk, edition: Edition, item: Item, sources: tuple[str, ...]) -> Miss:
    changes = desk.store.drafts.version(edition.id).changes
    is_dropped = any(isinstance(one, Drop) and one.item == item.id for one in changes)
    why = "an editor dropped it" if is_dropped else f"no room: {item.why or 'more than max_items'}"
    return Miss(edition=edition.id, item=item.id, headline=item.headline, sources=sources, why=why)
