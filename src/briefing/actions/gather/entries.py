"""Entries: everything that sources have shown, each with what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from briefing.actions.context import Desk
from briefing.errors import ConfigError
from briefing.model.source_record import EntryState, Seen


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntry:
    """An entry as a person reads it."""

    source: str
    entry: Seen

    @property
    def said(self) -> str:
        """What became of it, in words."""
        edition = f" ({self.entry.edition})" if self.entry.edition else ""
        return f"{self.entry.reason or 'no draft has looked at it'}{edition}"

    @property
    def title(self) -> str:
        """Its headline, or what else it is known by."""
        return self.entry.headline or self.entry.name or self.entry.url or self.entry.guid


def list_entries(
    desk: Desk, sources: Sequence[str] = (), states: Sequence[EntryState] = ()
) -> tuple[ListedEntry, ...]:
    """What sources have shown, newest first.

    Args:
        desk: the desk.
        sources: their names; all when none is named.
        states: only entries of these states; all when none is named.

    Raises:
        ConfigError: when there is no such source.
    """
    for name in sources:
        if name not in desk.config.sources:
            known = ", ".join(sorted(desk.config.sources))
            raise ConfigError((f"There is no source {name!r}; config.toml has: {known}.",))
    found = [
        ListedEntry(source=name, entry=entry)
        for name in sources or desk.config.sources
        for entry in desk.store.entries.seen(name)
        if not states or entry.state in states
    ]
    return tuple(sorted(found, key=lambda one: -(one.entry.moment or one.entry.first)))


def as_record(listed: ListedEntry) -> dict[str, str | None]:
    """An entry for programs."""
    entry = listed.entry
    return {
        "source": listed.source,
        "name": entry.name,
        "headline": entry.headline,
        "url": entry.url,
        "guid": entry.guid,
        "state": entry.state.value,
        "reason": entry.reason,
        "edition": entry.edition,
        "published": _written(entry.moment),
        "first_seen": _written(entry.first),
        "last_seen": _written(entry.last),
        "changed": _written(entry.changed),
    }


def _written(at: float) -> str | None:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds") if at else None
