"""Which time zones differ between a folder of zone files and the package `tzdata`, in the next year.

Usage: `python docs/clock.py /usr/share/zoneinfo [YYYY-MM-DD]`. Prints a Markdown table: zone, days on which
half past six is another moment, and the first of them with both hours in UTC.
"""

import sys
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

HOUR = time(6, 30)
DAYS = 365


def main() -> None:
    where, *when = sys.argv[1:]
    folder = Path(where)
    start = date.fromisoformat(when[0]) if when else datetime.now(UTC).date()
    package = Path(str(files("tzdata") / "zoneinfo"))
    print("| zone | days | first | there, UTC | here, UTC |\n|---|---|---|---|---|")
    listed = (Path(str(files("tzdata"))) / "zones").read_text().split()
    for name in sorted(listed):
        if (folder / name).is_file():
            differ = [
                pair for day in days(start) if (pair := at(folder / name, package / name, day))
            ]
            if differ:
                day, there, here = differ[0]
                print(f"| {name} | {len(differ)} | {day} | {there:%H:%M} | {here:%H:%M} |")


def days(start: date) -> list[date]:
    return [start + timedelta(days=number) for number in range(DAYS)]


def at(there: Path, here: Path, day: date) -> tuple[date, datetime, datetime] | None:
    """The day with both moments, where they differ."""
    old, new = (
        datetime.combine(day, HOUR, zone_of(path)).astimezone(UTC) for path in (there, here)
    )
    return (day, old, new) if old != new else None


@cache
def zone_of(path: Path) -> ZoneInfo:
    with path.open("rb") as file:
        return ZoneInfo.from_file(file, key=path.name)


if __name__ == "__main__":
    main()
