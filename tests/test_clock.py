"""The newest rules of time zones that the machine has are those that every hour is kept by."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tzdata

from briefing.clock import ZoneRules, time_zone, zone_rules

#: Local half past six on a day, and the hour in UTC, each with the release of the tz database whose
#: NEWS file says so (https://data.iana.org/time-zones/tzdb/NEWS).
LAWS = [
    ("America/Vancouver", "2026-12-01", "13:30", "2026b: British Columbia at -07 for good"),
    ("America/Vancouver", "2027-07-01", "13:30", "2026b"),
    ("America/Edmonton", "2026-12-01", "12:30", "2026c: Alberta at -06 for good"),
    ("America/Edmonton", "2027-01-15", "12:30", "2026c"),
    ("Africa/Casablanca", "2026-09-10", "05:30", "2026c: Morocco at +00 from 20 September 2026"),
    ("Africa/Casablanca", "2026-09-21", "06:30", "2026c"),
    ("Africa/Casablanca", "2027-07-01", "06:30", "2026c"),
    ("America/Coyhaique", "2026-07-01", "09:30", "2025b: a new zone, at -03 for good"),
    ("America/Coyhaique", "2027-12-01", "09:30", "2025b"),
    ("Europe/Chisinau", "2027-03-28", "03:30", "2026a: Moldova changes with the EU"),
    ("Europe/Chisinau", "2027-01-15", "04:30", "2026a"),
    ("America/Winnipeg", "2026-12-01", "11:30", "2026d to 2026f: Manitoba at -05 for good"),
]


@pytest.mark.parametrize(("name", "day", "in_utc", "source"), LAWS)
def test_half_past_six_is_when_the_law_of_the_place_says(name, day, in_utc, source):
    local = datetime.fromisoformat(f"{day}T06:30").replace(tzinfo=time_zone(name))
    assert f"{local.astimezone(UTC):%H:%M}" == in_utc, source


PROGRAM = """
import sys, zoneinfo
from pathlib import Path
folder = Path(sys.argv[1])
zoneinfo.reset_tzpath(to=[str(folder)])
from briefing.clock import time_zone, zone_rules
rules = zone_rules()
print(rules.release, rules.source, time_zone("Europe/London").utcoffset(None) is None)
"""


@pytest.mark.parametrize(
    ("system", "used"),
    [
        ("# version 2025b", f"{tzdata.IANA_VERSION} package"),
        (f"# version {tzdata.IANA_VERSION}", f"{tzdata.IANA_VERSION} package"),
        ("# version 2099a", "2099a system"),
        ("", f"{tzdata.IANA_VERSION} package"),
    ],
    ids=["an older system", "the same", "a newer system", "a system that does not say"],
)
def test_the_newer_of_the_systems_and_the_packages_rules_is_used(tmp_path, system, used):
    (tmp_path / "tzdata.zi").write_text(f"{system}\n")
    (tmp_path / "Europe").mkdir()
    london = Path(tzdata.__path__[0]) / "zoneinfo" / "Europe" / "London"
    (tmp_path / "Europe" / "London").write_bytes(london.read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(used)


@pytest.mark.parametrize(
    ("release", "old"), [("2025b", True), ("2026f", False), ("", True), ("unknown", True)]
)
def test_rules_of_more_than_a_year_ago_are_old(release, old):
    now = datetime(2026, 11, 29, tzinfo=UTC)
    assert ZoneRules(release=release, source="system").is_old(now) is old


def test_this_process_says_which_rules_it_keeps():
    assert zone_rules().release >= "2026c"
