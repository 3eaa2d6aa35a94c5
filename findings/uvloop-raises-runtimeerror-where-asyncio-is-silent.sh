#!/usr/bin/env bash
# versions: uvloop 0.23.0, Python 3.11
# most expect: uvloop is a drop-in for asyncio: writing to a transport that was closed does the same, nothing but a warning in the log
# seen 2026-11-29: asyncio says nothing; uvloop raises RuntimeError, which no `except OSError` around the write catches
# our code: src/briefing/sends/transports/smtp_connection.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check uvloop==0.23.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
import asyncio
import uvloop

async def write_after_the_end():
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await reader.read()
    writer.transport.abort()
    await asyncio.sleep(0.1)
    try:
        writer.transport.write(b"RSET")
    except Exception as error:
        return type(error).__name__
    return "nothing"

plain, fast = asyncio.run(write_after_the_end()), uvloop.run(write_after_the_end())
print("asyncio:", plain, "uvloop:", fast)
raise SystemExit((plain, fast) != ("nothing", "RuntimeError"))
PY
