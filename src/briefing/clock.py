"""The only place that asks what time it is, and by which rules of time zones; everything else is handed a time.

`zoneinfo` reads the system's files first, however old they are, and the package `tzdata` only where the
system has none (PEP 615). On Debian 12 in November 2026 that is release 2025b, and editions in Vancouver,
Edmonton, Winnipeg and Casablanca would leave an hour wrong. Here the newer of the two is used.
"""

import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

#: A clock is anything that returns an aware datetime when called. Tests pass a fixed one.
Clock = Callable[[], datetime]

#: How long a release of the rules is trusted before somebody is told that it is old.
_OLD = timedelta(days=365)
#: A year has about seven releases; they are lettered from `a`.
_BETWEEN_RELEASES = timedelta(days=45)


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(tz=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneRules:
    """A release of the time zone database and where it is read from.

    Attributes:
        release: as IANA names it, such as `2026c`; empty where the files do not say.
        source: `system` or `package`.
    """

    release: str
    source: str

    def is_old(self, now: datetime) -> bool:
        """Whether the release is more than a year old, by its year and letter; unknown ones are."""
        year, letter = self.release[:4], self.release[4:5]
        if not (year.isdecimal() and letter.isalpha()):
            return True
        made = datetime(int(year), 1, 1, tzinfo=UTC) + _BETWEEN_RELEASES * (ord(letter) - ord("a"))
        return now - made > _OLD


def time_zone(name: str) -> ZoneInfo:
    """A time zone, by the newest rules that this machine has.

    Args:
        name: of the IANA database, such as `Europe/London`.

    Raises:
        ZoneInfoNotFoundError: when there is no such zone; a KeyError.
        ValueError: when it cannot be a name.
    """
    zone_rules()
    return ZoneInfo(name)


def time_zone_names() -> set[str]:
    """The names of all time zones, by the newest rules; reads a thousand files."""
    zone_rules()
    return zoneinfo.available_timezones()


@cache
def zone_rules() -> ZoneRules:
    """Find the newest rules, and have this process use them; once a process."""
    system = _system_release()
    package = str(import_module("tzdata").IANA_VERSION)
    # Releases are ordered as their names are: 2025c, 2026a.
    if system > package:
        return ZoneRules(release=system, source="system")
    zoneinfo.reset_tzpath(to=())
    ZoneInfo.clear_cache()
    return ZoneRules(release=package, source="package")


def _system_release() -> str:
    """What the system's files say of themselves; empty where there are none or they do not."""
    for folder in map(Path, zoneinfo.TZPATH):
        for file, mark in (("tzdata.zi", "# version "), ("+VERSION", "")):
            try:
                with (folder / file).open(encoding="utf-8") as lines:
                    first = lines.readline().strip()
            except OSError:
                continue
            if first.startswith(mark):
                return first.removeprefix(mark)
    return ""
