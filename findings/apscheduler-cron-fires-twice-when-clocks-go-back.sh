#!/usr/bin/env bash
# versions: APScheduler 3.11.1
# most expect: a daily job at 01:30 runs once a day
# seen 2026-11-29: on the night when clocks go back in London it fires at 01:30 twice, an hour apart
# our code: src/briefing/schedules/schedule.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check apscheduler==3.11.1 tzdata==2026.3
cd "$work"
"$work/venv/bin/python" - <<'PY'
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo
from apscheduler.triggers.cron import CronTrigger
zone = ZoneInfo("Europe/London")
trigger = CronTrigger(hour=1, minute=30, timezone=zone)
now, before, fired = datetime(2026, 10, 25, 0, 0, tzinfo=zone), None, []
while len(fired) < 3:
    before = trigger.get_next_fire_time(before, now)
    fired.append(before)
    now = (before.astimezone(timezone.utc) + timedelta(seconds=1)).astimezone(zone)
print([f"{one:%d %b %H:%M %Z}" for one in fired])
raise SystemExit([one.day for one in fired] != [25, 25, 26])
PY
