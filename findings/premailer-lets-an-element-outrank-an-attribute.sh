#!/usr/bin/env bash
# versions: premailer 3.10.0, cssutils 2.11
# most expect: a condition on an attribute weighs as much as a class (CSS Selectors 4, section 17), so `a[title]` wins over a later `a`, as with css-inline; and `[href*="x"]` is a selector as any other
# seen 2026-11-30: the later `a` wins; a rule for `[href*="x"]` is dropped without a word; a comma in a value ends in SelectorSyntaxError, for the selector is cut there
# our code: src/briefing/emails/stylesheet.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check premailer==3.10.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
from premailer import Premailer
def styled(css):
    html = '<html><head></head><body><a title="x,y" href="https://example.org/">x</a></body></html>'
    try:
        made = Premailer(html, css_text=[css], keep_style_tags=False).transform()
    except Exception as error:
        return type(error).__name__
    return made.split("style=")[1].split('"')[1] if "style=" in made else "nothing"
outranked = styled("a[title] { color: red } a { color: blue }")
dropped = styled('a[href*="example"] { color: red }')
cut = styled('a[title="x,y"] { color: red }')
print("a[title], then a:", outranked)
print('[href*="example"]:', dropped)
print('[title="x,y"]:', cut)
raise SystemExit((outranked, dropped, cut) != ("color:blue", "nothing", "SelectorSyntaxError"))
PY
