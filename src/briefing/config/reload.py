"""config.toml while a process runs: a good change comes into force, a bad one changes nothing."""

import logging
from contextlib import suppress
from pathlib import Path

from briefing.config.load import load_config
from briefing.config.models import Config
from briefing.errors import ConfigError

_LOG = logging.getLogger("briefing.config")


class WatchedConfig:
    """The configuration in force, and the file it is from."""

    def __init__(self, path: Path, config: Config) -> None:
        """Begin with what is in force.

        Args:
            path: the file.
            config: what it says now.
        """
        self.config = config
        self._path, self._written = path, _version(path)

    def look(self) -> bool:
        """Take over a changed file if it is in order; True when it is in force now.

        A bad one is told on the log, once, with place, key and value.
        """
        written = _version(self._path)
        if written == self._written:
            return False
        self._written = written
        try:
            changed = load_config(self._path)
        except ConfigError as error:
            _LOG.error(
                "%s was changed and is not in order; the old one holds: %s", self._path, error
            )
            return False
        self.config = _but_what_is_open(changed, self.config)
        _LOG.info("%s was changed and is in force", self._path)
        if self.config != changed:
            _LOG.warning(
                "[data] path, [database], [desk] and [health] are read once: start the process "
                "again to change them"
            )
        return True


def _but_what_is_open(changed: Config, before: Config) -> Config:
    """Databases and addresses that are open stay what they were: half a move loses letters."""
    data = changed.data.model_copy(update={"path": before.data.path})
    kept = {"database": before.database, "desk": before.desk, "health": before.health}
    return changed.model_copy(update={"data": data, **kept})


def _version(path: Path) -> tuple[int, bytes] | None:
    """What tells one state of the file from another, a copied-in one with an old date included."""
    with suppress(OSError):
        return path.stat().st_mtime_ns, path.read_bytes()
    return None
