#!/usr/bin/env bash
# versions: holidays 0.109
# most expect: the bank holidays of "GB" are those that London keeps, eight in an ordinary year
# seen 2026-11-29: they are what all four nations share: seven days in 2026, without Easter Monday and the August holiday, and May Day and spring among them; England is a subdivision
# our code: src/briefing/schedules
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.109
cd "$work"
"$work/venv/bin/python" - <<'PY'
import holidays
shared = set(holidays.country_holidays("GB", years=2026).values())
england = set(holidays.country_holidays("GB", subdiv="ENG", years=2026).values())
print("GB:", sorted(shared))
print("only England:", sorted(england - shared))
raise SystemExit("Easter Monday" in shared or "Easter Monday" not in england)
PY
