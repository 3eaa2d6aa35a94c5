"""News for the schedule loop: somebody at a desk changed what is due, so it looks at once.

The news is the time of a file next to the database's. A loop on another machine does not see it and
looks every twenty seconds anyhow.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from briefing.actions.context import Desk
from briefing.actions.open_store import house_folder
from briefing.config import Config

_FILE = "loop.news"


def tell_loop(desk: Desk) -> None:
    """Let the loop of this house look after everything now."""
    with suppress(OSError):  # what cannot be told is found at the next look
        (house_folder(desk.config) / _FILE).touch(mode=0o600)


@dataclass
class LoopNews:
    """What a loop knows of its news."""

    #: The time of the file, in nanoseconds, when it was looked at last; -1 before the first look.
    _seen: int = -1
    #: Moments that orders have set, in seconds since 1970, later than the last look.
    _dues: list[float] = field(default_factory=list)

    def has_come(self, config: Config, now: float, dues: Callable[[], Iterable[float]]) -> bool:
        """True when there is news, or a moment has come that no timetable names.

        Args:
            config: the house.
            now: seconds since 1970.
            dues: the moments of all open slots; asked only when there is news.
        """
        seen = self._time_of(config)
        if seen != self._seen:
            self._dues = [due for due in dues() if due > now]
            is_first, self._seen = self._seen == -1, seen  # once they could be asked
            return not is_first
        coming = [due for due in self._dues if due > now]
        is_due, self._dues = len(coming) < len(self._dues), coming
        return is_due

    @staticmethod
    def _time_of(config: Config) -> int:
        try:
            return (house_folder(config) / _FILE).stat().st_mtime_ns
        except OSError:
            return 0
