#!/usr/bin/env bash
# versions: pip 23.2.1 and 25.3, lxml 6.1.3, jusText 3.0.2
# most expect: an extra is found however it is spelled, html_clean or html-clean (PEP 685)
# seen 2026-11-29: pip before 23.3 warns that lxml does not provide html_clean and goes on, so what needs lxml_html_clean is installed and cannot be imported
# our code: deploy/set_up.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pip==23.2.1
cd "$work"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --target "$work/old" 'lxml[html_clean]==6.1.3' 2> old.txt || true
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pip==25.3
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --target "$work/new" 'lxml[html_clean]==6.1.3' 2> new.txt
grep extra old.txt || true
for one in old new; do echo "pip $one: $(ls "$work/$one" | grep -c '^lxml_html_clean$' || true) lxml_html_clean"; done
[ ! -e "$work/old/lxml_html_clean" ] && [ -e "$work/new/lxml_html_clean" ]
