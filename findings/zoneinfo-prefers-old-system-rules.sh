#!/usr/bin/env bash
# versions: tzdata 2026.3 (package), 2025.2 (as the system), Python 3.11 to 3.13
# most expect: with a current `tzdata` from PyPI installed, zoneinfo uses it
# seen 2026-11-29: the folder of PYTHONTZPATH (the system) is read first, however old: half past six in Edmonton on 1 December 2026 is 13:30 UTC, by law and the package 12:30
# our code: src/briefing/clock.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check tzdata==2026.3
cd "$work"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --target "$work/old" tzdata==2025.2
ask='from datetime import *; from zoneinfo import *; print(datetime(2026,12,1,6,30,tzinfo=ZoneInfo("America/Edmonton")).astimezone(timezone.utc).strftime("%H:%M"))'
with_system=$(PYTHONTZPATH="$work/old/tzdata/zoneinfo" "$work/venv/bin/python" -c "$ask")
package_alone=$(PYTHONTZPATH="" "$work/venv/bin/python" -c "$ask")
echo "old system and new package: $with_system UTC; package alone: $package_alone UTC"
[ "$with_system" = 13:30 ] && [ "$package_alone" = 12:30 ]
