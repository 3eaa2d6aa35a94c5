#!/usr/bin/env bash
# versions: feedparser 6.0.14
# most expect: "BST" in a date of a British feed is British Summer Time, or the date is refused
# seen 2026-11-29: it is read as UTC: an hour off, without a word
# our code: src/briefing/articles/text/feed_dates.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
cd "$work"
"$work/venv/bin/python" - <<'PY'
import io, feedparser
def hour(zone):
    feed = f"<rss version='2.0'><channel><title>t</title><item><title>x</title><pubDate>Mon, 06 Jul 2026 07:00:00 {zone}</pubDate></item></channel></rss>"
    return feedparser.parse(io.BytesIO(feed.encode())).entries[0].published_parsed.tm_hour
print({zone: hour(zone) for zone in ("+0100", "BST", "CEST", "EDT")})
raise SystemExit(not (hour("+0100") == 6 and hour("BST") == 7 and hour("EDT") == 11))
PY
