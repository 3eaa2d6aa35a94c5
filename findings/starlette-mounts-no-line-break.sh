#!/usr/bin/env bash
# versions: starlette 1.10.0, Python 3.11
# most expect: an application under Mount("/api") answers every address that begins with /api/, as a route /api/{name} of the same server would
# seen 2026-12-01: not one with a line break in it (%0A): a mount's pattern ends in a dot, which takes in Python every sign but a line break, while a route's takes all but a slash, so the outer application says in its own words that there is no such page
# our code: src/briefing/web/app.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check starlette==1.10.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
import asyncio
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route

async def named(request):
    return PlainTextResponse("found")

inner = Starlette(routes=[Route("/{name}", named)])
outer = Starlette(routes=[Route("/direct/{name}", named), Mount("/below", inner)])

async def status(path):
    said = []
    async def receive():
        return {"type": "http.request", "body": b""}
    async def send(message):
        said.append(message)
    scope = {"type": "http", "method": "GET", "path": path, "raw_path": b"", "query_string": b"", "headers": [], "root_path": ""}
    await outer(scope, receive, send)
    return said[0]["status"]

found = [asyncio.run(status(path)) for path in ("/direct/a\nb", "/below/ab", "/below/a\nb")]
print("route, mount without a break, mount with one:", *found)
raise SystemExit(found != [200, 200, 404])
PY
