#!/usr/bin/env bash
# versions: feedparser 6.0.14
# most expect: its sanitiser takes scripts and styles out of an entry and leaves what assistive technology reads
# seen 2026-11-29: aria-label, role and data-* are taken out: <aside aria-label="Advertisement"> arrives as a bare box
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
feed = io.BytesIO(b"""<rss version="2.0"><channel><title>t</title><item><title>x</title><description><![CDATA[<p>News.</p>
<div aria-label="Advertisement" role="complementary" data-ad-slot="1" class="box"><p>Buy it.</p></div>]]></description></item></channel></rss>""")
summary = feedparser.parse(feed).entries[0].summary
print(summary)
raise SystemExit(any(word in summary for word in ("aria-label", "role", "data-ad")) or "class" not in summary)
PY
