"""The balance report: which sources a briefing printed in 30 days, whom it named and whom it let speak."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.actions.context import Desk
from briefing.actions.resolve_name import the_draft
from briefing.digests.pairs.named import named_in
from briefing.events.publishers import publisher_of
from briefing.languages import base_of
from briefing.model.article import Verdict
from briefing.model.edition import Edition, Item
from briefing.model.mailing import MailingStatus

DAYS = 30
_DAY = 86_400.0
#: Names of each kind that are listed.
_MOST = 15

Counted = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceReport:
    """Counts of stories, the most first. A story counts once for each source, name and voice in it."""

    editions: int
    stories: int
    sources: Counted
    #: People, bodies and places: see `digests.pairs.named`.
    names: Counted
    voices: Counted
    #: For names that somebody asked for: stories that name them, and stories in which they speak.
    asked: tuple[tuple[str, int, int], ...] = ()


def sent_lately(desk: Desk, briefing: str, days: int = DAYS) -> list[Edition]:
    """The editions of a briefing that began to leave in the last days, newest first, as readers got them."""
    since = desk.clock().timestamp() - days * _DAY
    listed = desk.store.mailings.listed(briefing, MailingStatus)
    return [the_draft(desk, one.edition) for one in listed if one.frozen_at >= since]


def balance_report(desk: Desk, briefing: str, asked: Iterable[str] = ()) -> BalanceReport:
    """Count what was printed in 30 days.

    Only what readers saw counts: headlines and paragraphs of the newsroom's stories and of issued
    ones, never paid copy. A name is a run of capitalised words; a voice is who says, denies or
    accuses in a printed sentence.

    Args:
        desk: the desk.
        briefing: its key in config.toml.
        asked: names that are counted whatever their rank.
    """
    editions = sent_lately(desk, briefing)
    sources, names, voices = Counter[str](), Counter[str](), Counter[str]()
    told = []
    for item in (item for edition in editions for item in edition.items):
        found = named_in(f"{item.headline}.\n\n{item.paragraph}", base_of(item.article.language))
        sources[source_of(item)] += 1
        names.update(found.names)
        voices.update(found.voices)
        told.append((f"{item.headline} {item.paragraph}".casefold(), found.voices))
    return BalanceReport(
        editions=len(editions),
        stories=len(told),
        sources=_most(sources),
        names=_most(names),
        voices=_most(voices),
        asked=tuple(_asked(name, told) for name in asked),
    )


def source_of(item: Item) -> str:
    """Who printed a story first, as far as its page says; else the name of its source."""
    article = item.article
    if article.verdict is Verdict.ISSUED and article.sponsorship.sponsor:
        return article.sponsorship.sponsor
    return publisher_of(article) or article.source or "added by the desk"


def _most(counts: Counter[str]) -> Counted:
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:_MOST])


def _asked(name: str, told: list[tuple[str, frozenset[str]]]) -> tuple[str, int, int]:
    low = name.casefold()
    named = sum(low in text for text, _ in told)
    spoke = sum(any(low in voice.casefold() for voice in voices) for _, voices in told)
    return name, named, spoke
