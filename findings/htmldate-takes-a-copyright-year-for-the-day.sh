#!/usr/bin/env bash
# versions: htmldate 1.11.0
# most expect: a page that says nowhere when it was published has no date of publication
# seen 2026-11-29: a footer "© 2019" makes it 2019-01-01, a day that a sentence speaks of makes it that day, and "the levy of 2021" makes it 2021-01-01
# our code: src/briefing/articles/html
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check htmldate==1.11.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
import htmldate
PAGE = "<html><head><title>T</title></head><body><article><h1>T</h1><p>%s</p></article>%s</body></html>"
CASES = {
    "2019-01-01": ("The levy failed by four votes.", "<footer>&copy; 2019 Example Ltd</footer>"),
    "2024-03-03": ("The levy failed. It was first proposed on 3 March 2024 by the council.", ""),
    "2021-01-01": ("The levy of 2021 failed by four votes in the Lords after a long debate.", ""),
}
found = [htmldate.find_date(PAGE % case) for case in CASES.values()]
print(found)
raise SystemExit(found != list(CASES))
PY
