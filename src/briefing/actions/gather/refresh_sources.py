"""Readings: reading sources when somebody asks for it, and writing down what each of them gave."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from briefing.actions.context import Desk
from briefing.actions.gather.gather import Gathered
from briefing.actions.gather.read_sources import ReadSource, SourceReader
from briefing.errors import ConfigError
from briefing.model.article import Article
from briefing.model.edition import Edition
from briefing.model.source_record import Reading

_NO_ARTICLE = "no article on it"
_REPEAT = "the same as another piece"
_EVENT = "told by another story"
_PRINTED = "printed by an earlier edition"
_SURPLUS = "more than max_items"


def read_now(desk: Desk, names: Sequence[str] = ()) -> tuple[ReadSource, ...]:
    """Read sources whether they are due or not; all when none is named.

    Raises:
        ConfigError: when there is no such source.
    """
    unknown = [name for name in names if name not in desk.config.sources]
    if unknown:
        known = ", ".join(sorted(desk.config.sources))
        raise ConfigError((f"There is no source {unknown[0]!r}; config.toml has: {known}.",))
    now = desk.clock()
    read = SourceReader(desk.config, desk.store, now, at_once=True).read(
        tuple(names or desk.config.sources)
    )
    for source in read:
        desk.store.sources.note_reading(_reading(source, now))
    return read


def note_readings(
    desk: Desk, gathered: Gathered, *, fresh: Sequence[Article] = (), edition: Edition | None = None
) -> None:
    """Write down what a draft made of each of its sources.

    Args:
        desk: the desk.
        gathered: what they gave.
        fresh: those of its articles that no earlier edition has printed.
        edition: what was made of these; None when nothing was.
    """
    now = desk.clock()
    kept = (*edition.items, *edition.sponsored, *edition.held) if edition else ()
    used = Counter(item.article.source for item in kept)
    dropped = edition.dropped if edition else ()
    surplus = Counter(item.article.source for item in dropped if not item.aside)
    events = Counter(
        item.article.source for item in dropped if item.aside and not item.article.duplicate_of
    )
    known = {article.id for article in fresh}
    for source in gathered.sources:
        rules = Counter(dict(source.dropped))
        for page in gathered.pages:
            if page.source == source.name:
                rules[_NO_ARTICLE] += page.refusal is not None
                for article in page.articles:
                    repeats = article.duplicate_of is not None
                    rules[_REPEAT if repeats else _PRINTED] += repeats or article.id not in known
        rules[_EVENT] += events[source.name]
        rules[_SURPLUS] += surplus[source.name]
        reading = replace(_reading(source, now), used=used[source.name])
        counted = tuple((rule, count) for rule, count in rules.items() if count)
        desk.store.sources.note_reading(replace(reading, dropped=counted))


def _reading(source: ReadSource, now: datetime) -> Reading:
    return Reading(
        source=source.name,
        at=now.timestamp(),
        found=source.found,
        dropped=source.dropped,
        fault=" ".join(source.faults),
    )
