"""Entries: everything that sources have shown, each with what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from briefing.actions.context import Desk
from briefing.errors import ConfigError
from briefing.model.page import Page
from briefing.model.source_record import EntryQuery, EntryState, Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntry:
    """An entry as a person reads it."""

    source: str
    entry: Seen

    @property
    def said(self) -> str:
        """What became of it, in words."""
        edition = f" ({self.entry.edition})" if self.entry.edition else ""
        story = f": “{self.entry.told_by}”" if self.entry.told_by else ""
        return f"{self.entry.reason or 'no draft has looked at it'}{story}{edition}"

    @property
    def title(self) -> str:
        """Its headline, or what else it is known by."""
        return self.entry.headline or self.entry.name or self.entry.url or self.entry.guid


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCounts:
    """How many entries of a source are in each state."""

    source: str
    states: Mapping[EntryState, int]

    @property
    def found(self) -> int:
        """All of them: the states add up to what was found, to the last one."""
        return sum(self.states.values())


def list_entries(desk: Desk, asked: EntryQuery | None = None) -> tuple[ListedEntry, ...]:
    """What the sources of config.toml have shown, newest first.

    Args:
        desk: the desk.
        asked: which entries; all when left out.

    Raises:
        ConfigError: when there is no such source.
    """
    asked = asked or EntryQuery()
    names = _known(desk, asked.sources)
    if not names:
        return ()
    found = desk.store.entries.listed(replace(asked, sources=names))
    return tuple(ListedEntry(source=name, entry=entry) for name, entry in found)


def count_entries(desk: Desk, sources: Sequence[str] = ()) -> tuple[EntryCounts, ...]:
    """How many entries of each source are in each state, in the order of config.toml.

    Raises:
        ConfigError: when there is no such source.
    """
    counted = desk.store.entries.counts()
    return tuple(
        EntryCounts(source=name, states=counted.get(name, {})) for name in _known(desk, sources)
    )


def entry_page(desk: Desk, listed: ListedEntry) -> Page | None:
    """The page of an entry as it was read; None where it is not kept, as for files and old entries."""
    name = listed.entry.name
    return desk.store.entries.pages(listed.source, [name]).get(name)


def _known(desk: Desk, sources: Sequence[str]) -> tuple[str, ...]:
    for name in sources:
        if name not in desk.config.sources:
            known = ", ".join(sorted(desk.config.sources))
            raise ConfigError((f"There is no source {name!r}; config.toml has: {known}.",))
    return tuple(sources or desk.config.sources)


def as_record(listed: ListedEntry) -> dict[str, str | int | None]:
    """An entry for programs."""
    entry = listed.entry
    return {
        "id": entry.id,
        "source": listed.source,
        "name": entry.name,
        "headline": entry.headline,
        "url": entry.url,
        "guid": entry.guid,
        "state": entry.state.value,
        "reason": entry.reason,
        "edition": entry.edition,
        "told_by": entry.told_by,
        "published": _written(entry.moment),
        "first_seen": _written(entry.first),
        "last_seen": _written(entry.last),
        "changed": _written(entry.changed),
    }


def _written(at: float) -> str | None:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds") if at else None
