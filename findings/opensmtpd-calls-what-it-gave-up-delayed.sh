#!/usr/bin/env bash
# versions: OpenSMTPD 6.8.0p2 (Debian 12)
# most expect: a program that gives a letter up says so: `Action: failed`, with the last answer of the host that refused it
# seen 2026-11-30: it writes `Action: delayed`, "kept in the queue for up to 7 days" and "Envelope expired", and its queue is empty; no other report follows, and what the host said stands nowhere
# our code: src/briefing/sends/bounces/verdict.py
# Installs the pinned package (opensmtpd==6.8.0p2-4+b4) into an overlay of this machine's own root, as root; all of it is in memory
# that is mounted for one process, and gone with it. Fails when the behaviour is another one.
set -euo pipefail
{ [ "$(id -u)" = 0 ] && grep -qs bookworm /etc/os-release; } ||
    { echo "needs root and Debian 12 (bookworm), whose package it installs; run it there"; exit 1; }
export work=$(mktemp -d /var/tmp/finding-XXXXXX)
trap 'rmdir "$work"' EXIT
unshare --mount bash -euo pipefail <<'ROOT'
mount -t tmpfs tmpfs "$work"
mkdir "$work/upper" "$work/work" "$work/root"
root="$work/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$work/upper,workdir=$work/work" "$root"
mknod -m 666 "$root/dev/null" c 1 3; mknod -m 666 "$root/dev/urandom" c 1 9
mount -t proc proc "$root/proc"
install -m 755 /dev/stdin "$root/usr/sbin/policy-rc.d" <<< $'#!/bin/sh\nexit 101'
DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get -qq install -y --no-install-recommends opensmtpd=6.8.0p2-4+b4 > /dev/null 2>&1 ||
    { echo "needs apt and Debian 12's package"; exit 1; }
cat > "$root/etc/smtpd.conf" <<CONF
queue ttl 10s
listen on 127.0.0.1 port 25 hostname relay.example.org
action "out" relay host smtp://127.0.0.1:2525
match from any for any action "out"
CONF
exec unshare --net --pid --fork --kill-child bash -euo pipefail <<'HOST'
root="$work/root"
mount -t proc proc "$root/proc"
ip link set lo up
chroot "$root" smtpd
python3 - "$root" <<'PY'
import re, smtplib, socketserver, subprocess, sys, threading, time

class Host(socketserver.StreamRequestHandler):
    """Says 450 to everybody but the sender, whose reports it keeps."""

    kept = []

    def handle(self):
        self.say("220 host.example.org")
        for line in self.rfile:
            if line.upper().startswith(b"RCPT"):
                self.say("250 ok" if b"sender@" in line else "450 4.7.1 come back later")
            elif line.upper().startswith(b"DATA"):
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                Host.kept.append(b"".join(lines).decode())
                self.say("250 kept")
            else:
                self.say("250 ok")

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())

server = socketserver.ThreadingTCPServer(("127.0.0.1", 2525), Host)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
for _ in range(100):
    try:
        smtplib.SMTP("127.0.0.1", 25).sendmail("sender@example.org", ["ann@example.net"], "Subject: x\r\n\r\nx\r\n")
        break
    except OSError:
        time.sleep(0.2)
time.sleep(45)
queue = subprocess.run(["chroot", sys.argv[1], "smtpctl", "show", "queue"], capture_output=True, text=True).stdout
report, = Host.kept or [""]
found = re.findall(r"^(?:Action|Status): .*|Envelope expired|kept in the queue for up to.*", report, re.MULTILINE)
print(*found, f"letters in its queue: {len(queue.splitlines())}", f"what the host said: {'come back' in report}", sep="\n")
raise SystemExit("Action: delayed" not in report.replace("\r", "") or bool(queue.strip()) or "come back" in report)
PY
HOST
ROOT
