#!/usr/bin/env bash
# versions: feedparser 6.0.14
# most expect: the `content` of an RSS item is its full text; what a picture says of itself is in media_content
# seen 2026-11-29: <media:description> of a picture is taken for it: after <description> it is the `content`, before it the `summary`
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
def read(*parts):
    item = "".join(parts)
    feed = f"<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><title>t</title><item><title>Levy</title>{item}</item></channel></rss>"
    entry = feedparser.parse(io.BytesIO(feed.encode())).entries[0]
    return entry.summary, [part.value for part in entry.content]
story = "<description>The levy rises in May.</description>"
picture = "<media:content url='https://example.org/p.jpg'><media:description>A pump.</media:description></media:content>"
print(read(story, picture), read(picture, story))
raise SystemExit(read(story, picture) != ("The levy rises in May.", ["A pump."]) or read(picture, story)[0] != "A pump.")
PY
