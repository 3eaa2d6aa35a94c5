#!/usr/bin/env bash
# versions: aiosmtplib 5.1.3, Python 3.11
# most expect: a relay that does not offer STARTTLS, or no way to sign in that the library knows, raises SMTPNotSupported, which is there for what a server does not support
# seen 2026-11-30: both raise a bare SMTPException, the root of all its errors, so nothing but its words tells them from a relay that is down and worth another try
# our code: src/briefing/sends/transports/handshake.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check aiosmtplib==5.1.3
cd "$work"
"$work/venv/bin/python" - <<'PY'
import asyncio
import aiosmtplib

async def relay(reader, writer):
    writer.write(b"220 relay.test\r\n")
    try:
        while line := await reader.readline():
            writer.write(b"250-relay.test\r\n250 AUTH XOAUTH2\r\n" if line[:4] == b"EHLO" else b"221 bye\r\n")
    except asyncio.CancelledError:
        pass

async def tried(**said):
    server = await asyncio.start_server(relay, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        await aiosmtplib.SMTP(hostname="127.0.0.1", port=port, **said).connect()
    except aiosmtplib.SMTPException as error:
        return type(error).__name__
    return "nothing"

async def both():
    return await tried(start_tls=True), await tried(start_tls=False, username="u", password="p")

found = asyncio.run(both())
print("no STARTTLS:", found[0], "no way to sign in:", found[1])
raise SystemExit(found != ("SMTPException", "SMTPException"))
PY
