"""Polling: reading each source every `every` minutes, so that nothing leaves a feed unseen."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from briefing.actions.context import Desk
from briefing.actions.gather.hubs import tend
from briefing.actions.gather.read_sources import ReadSource, SourceReader, Stopped
from briefing.actions.gather.refresh_sources import note_read
from briefing.config import FeedSource, PagesSource, UrlsSource

_LOG = logging.getLogger("briefing.polling")
#: So many sources are read side by side; their copies are in memory meanwhile.
_BATCH = 20
#: Seconds for asking a batch, and for reading what it gave: nobody waits for it.
_ASKING, _COLLECTING = 90.0, 60.0


@dataclass
class Poller:
    """Reads what is due, a few sources at a time."""

    #: Looked at all the time; once it is true, nothing more is read.
    is_over: Callable[[], bool] = lambda: False
    #: What is done with each batch once it is written down.
    then: Callable[[Desk, Sequence[ReadSource]], None] | None = None
    #: Of each folder, its files as they were when it was read last.
    _folders: dict[str, frozenset[tuple[str, int, int]]] = field(default_factory=dict)

    def poll(self, desk: Desk) -> int:
        """Read every source that is due, and write down what it has shown.

        Returns:
            How many were read.
        """
        desk.store.hubs.call(desk.clock().timestamp())
        due = [*self._changed_folders(desk), *due_sources(desk)]
        done = 0
        for start in range(0, len(due), _BATCH):
            if self.is_over():
                break
            batch = due[start : start + _BATCH]
            reader = SourceReader(
                desk.config,
                desk.store,
                desk.clock(),
                asking=_ASKING,
                collecting=_COLLECTING,
                polls=True,
                is_over=self.is_over,
            )
            try:
                read = reader.read(batch)
            except Stopped:
                break
            note_read(desk, read, reader.now)
            if self.then:
                self.then(desk, read)
            done += len(read)
            for source in read:
                for fault in source.faults:
                    _LOG.info("%s", fault)
        if not self.is_over():
            tend(desk)
        return done

    def _changed_folders(self, desk: Desk) -> list[str]:
        changed = []
        for name, source in desk.config.sources.items():
            if isinstance(source, PagesSource):
                files = _files(desk.config.path(source.path))
                if self._folders.get(name) != files:
                    self._folders[name] = files
                    changed.append(name)
        return changed


def due_sources(desk: Desk) -> list[str]:
    """The feeds and lists of addresses of which something may be asked now, longest due first."""
    tries, now = desk.store.sources.next_tries(), desk.clock().timestamp()
    since = {
        name: min(tries.get((name, address), 0.0) for address in _addresses(source))
        for name, source in desk.config.sources.items()
        if not isinstance(source, PagesSource)
    }
    return sorted((name for name, at in since.items() if at <= now), key=lambda name: since[name])


def _addresses(source: FeedSource | UrlsSource) -> tuple[str, ...]:
    return (source.url,) if isinstance(source, FeedSource) else source.urls


def _files(folder: Path) -> frozenset[tuple[str, int, int]]:
    try:
        seen = [(path, path.stat()) for path in folder.rglob("*")]
    except OSError:
        return frozenset()
    return frozenset((str(path), at.st_mtime_ns, at.st_size) for path, at in seen)
