#!/usr/bin/env bash
# versions: zxcvbn 4.5.0
# most expect: a passphrase of any length gets a score, and a longer one a better score
# seen 2026-11-29: 73 characters raise ValueError; 72 are rated
# our code: src/briefing/actions/admin/passwords.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check zxcvbn==4.5.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
from zxcvbn import zxcvbn
phrase = ("four words do very well " * 4)[:73]
print("72 characters:", zxcvbn(phrase[:72])["score"])
try:
    zxcvbn(phrase)
except ValueError as error:
    print("73 characters:", error)
    raise SystemExit(0)
raise SystemExit(1)
PY
