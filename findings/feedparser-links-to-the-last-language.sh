#!/usr/bin/env bash
# versions: feedparser 6.0.14
# most expect: of two alternate links in an Atom entry, `link` is the first, or that of the feed's own language
# seen 2026-11-29: it is the last one, whatever xml:lang the feed has
# our code: src/briefing/articles/feeds/parse_feed.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
cd "$work"
"$work/venv/bin/python" - <<'PY'
import io, feedparser
feed = io.BytesIO(b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>t</title><id>i</id><updated>2026-11-01T00:00:00Z</updated>
<entry><title>Levy</title><id>1</id><updated>2026-11-01T00:00:00Z</updated>
<link rel="alternate" hreflang="en" href="https://example.org/en/1"/><link rel="alternate" hreflang="fr" href="https://example.org/fr/1"/></entry></feed>""")
link = feedparser.parse(feed).entries[0].link
print("link:", link)
raise SystemExit(link != "https://example.org/fr/1")
PY
