#!/usr/bin/env bash
# versions: premailer 3.10.0, cssutils 2.11
# most expect: a selector that cannot be inlined raises, or is named in a log
# seen 2026-11-29: `:not()` is left in the <style> of the head without a word, so the rule is lost in every client that drops it
# our code: src/briefing/emails/stylesheet.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check premailer==3.10.0
cd "$work"
"$work/venv/bin/python" - <<'PY' 2>err
from premailer import Premailer
html = "<html><head><style>a:not(.quiet) { color: #b00 } p { margin: 0 }</style></head><body><p><a href='https://example.org/'>x</a></p></body></html>"
found = Premailer(html, keep_style_tags=False).transform()
print(found)
raise SystemExit(not ("color" not in found.split("<body>")[1]))
PY
cat err
