#!/usr/bin/env bash
# versions: mjml-python 1.4.2 (mrml)
# most expect: of mj-class="a b", where both set a colour, the later one wins, as in npm's mjml 4 and 5
# seen 2026-11-29: the first one named wins
# our code: docs/adding.md
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check mjml-python==1.4.2
cd "$work"
"$work/venv/bin/python" - <<'PY'
import re
from mjml import mjml2html
def colour(names):
    classes = '<mj-class name="a" color="#111111" /><mj-class name="b" color="#222222" />'
    text = f'<mj-section><mj-column><mj-text mj-class="{names}">x</mj-text></mj-column></mj-section>'
    html = mjml2html(f"<mjml><mj-head><mj-attributes>{classes}</mj-attributes></mj-head><mj-body>{text}</mj-body></mjml>")
    return re.findall(r"color:(#[12]{6})", html)
print("a b:", colour("a b"))
print("b a:", colour("b a"))
raise SystemExit(not (colour("a b") == ["#111111"] and colour("b a") == ["#222222"]))
PY
