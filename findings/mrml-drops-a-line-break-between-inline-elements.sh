#!/usr/bin/env bash
# versions: mjml-python 1.4.2 (mrml)
# most expect: white space between two inline elements is one space, as in HTML
# seen 2026-11-29: a line break between </strong> and <em> is dropped and the words are glued; a blank is kept
# our code: src/briefing/emails/mjml.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check mjml-python==1.4.2
cd "$work"
"$work/venv/bin/python" - <<'PY'
from mjml import mjml2html
def text(between):
    html = mjml2html(f"<mjml><mj-body><mj-section><mj-column><mj-text><strong>a</strong>{between}<em>b</em></mj-text></mj-column></mj-section></mj-body></mjml>")
    return html[html.index("<strong>"):html.index("</em>") + 5]
print("line break:", repr(text("\n")))
print("blank:     ", repr(text(" ")))
raise SystemExit(not (text("\n") == "<strong>a</strong><em>b</em>" and text(" ") == "<strong>a</strong> <em>b</em>"))
PY
