#!/usr/bin/env bash
# versions: premailer 3.10.0, lxml 6.1.3
# most expect: premailer writes style attributes and leaves the rest of the document, its doctype among it
# seen 2026-11-30: <!DOCTYPE html> stays, <!doctype html>, which HTML takes as the same, is gone without a word: the letter is drawn in quirks mode
# our code: src/briefing/emails/inline.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check premailer==3.10.0 lxml==6.1.3
cd "$work"
"$work/venv/bin/python" - <<'PY'
from premailer import Premailer

def kept(doctype):
    letter = f"{doctype}\n<html><head><style>p {{ margin: 0 }}</style></head><body><p>x</p></body></html>"
    return "doctype html" in Premailer(letter).transform().lower()

found = kept("<!DOCTYPE html>"), kept("<!doctype html>")
print("kept in capitals, in lower case:", *found)
raise SystemExit(found != (True, False))
PY
