#!/usr/bin/env bash
# versions: css-inline 0.24.0
# most expect: rules that cannot be written into an element (:hover, @media) stay in a <style> of the head, as with premailer and juice
# seen 2026-11-29: they are gone with the whole <style>, without a word: a letter loses its narrow layout and its dark colours
# our code: src/briefing/emails/inline.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check css-inline==0.24.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
import css_inline
CSS = "p{color:#111} p:hover{color:red} @media (max-width:600px){p{font-size:18px}}"
made = css_inline.inline(f"<html><head><style>{CSS}</style></head><body><p>x</p></body></html>")
print(made)
raise SystemExit("#111" not in made or "hover" in made or "@media" in made)
PY
