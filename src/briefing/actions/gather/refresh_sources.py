"""Readings: reading sources when somebody asks for it, and writing down what each of them gave."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from briefing.actions.context import Desk
from briefing.actions.gather.fates import TAKEN, fates_of
from briefing.actions.gather.gather import Gathered
from briefing.actions.gather.hubs import note_offers
from briefing.actions.gather.keep_pieces import keep_split
from briefing.actions.gather.read_sources import ReadSource, SourceReader
from briefing.errors import ConfigError
from briefing.model.edition import Edition
from briefing.model.page import Page
from briefing.model.source_record import EntryState, Reading


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
    note_read(desk, read, now)
    return read


def note_read(desk: Desk, read: Sequence[ReadSource], now: datetime) -> None:
    """Write down how the reading of sources went that no draft asked for.

    Args:
        desk: the desk.
        read: what the sources gave.
        now: when they were asked; aware. Their next tries are counted from it.
    """
    for source in read:
        desk.store.sources.note_reading(_reading(desk, source, now))
    note_offers(desk, read, now)


def note_readings(
    desk: Desk,
    gathered: Gathered,
    *,
    old: Mapping[str, str] | None = None,
    edition: Edition | None = None,
) -> None:
    """Write down what a draft made of each of its sources, of each of their entries, and of its pieces.

    Args:
        desk: the desk.
        gathered: what they gave.
        old: of its articles, those that an earlier edition has printed, by id, with its name.
        edition: what was made of the others; None when nothing was.
    """
    now = desk.clock()
    keep_split(desk, gathered.pages)
    fates = fates_of(gathered.pages, old or {}, edition)
    for source in gathered.sources:
        names = [one.name if isinstance(one, Page) else one.page for one in source.pages]
        mine = {name: fates[name] for name in names if name in fates}
        desk.store.entries.tell(source.name, mine)
        desk.store.sources.note_reading(_reading(desk, source, now))


def _reading(desk: Desk, source: ReadSource, now: datetime) -> Reading:
    """What is known of a source's entries now: found is the sum of used, dropped, and not looked at yet."""
    known = desk.store.entries.reasons(source.name)
    others = Counter[str]()
    for state, reason, count in known:
        if state not in (*TAKEN, EntryState.NEW):
            others[reason] += count
    return Reading(
        source=source.name,
        at=now.timestamp(),
        found=sum(count for *_, count in known),
        used=sum(count for state, _, count in known if state in TAKEN),
        dropped=tuple(others.items()),
        fault=" ".join(source.faults),
    )
