#!/usr/bin/env bash
# versions: feedparser 6.0.14
# most expect: an ISO 8601 week date, which the W3C profile of feeds does not name, is refused; or it is the day that it names, 29 November
# seen 2026-11-29: 2026-W48-7 is 1 November 2026, four weeks early and without a sign that it was guessed
# our code: src/briefing/articles/text/feed_dates.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
cd "$work"
"$work/venv/bin/python" - <<'PY'
import feedparser
FEED = "<rss version='2.0'><channel><title>t</title><item><title>a</title><pubDate>%s</pubDate></item></channel></rss>"
(entry,) = feedparser.parse(FEED % "2026-W48-7").entries
found = tuple(entry.published_parsed)[:3]
print(found, "bozo:", feedparser.parse(FEED % "2026-W48-7").bozo)
raise SystemExit(found != (2026, 11, 1))
PY
