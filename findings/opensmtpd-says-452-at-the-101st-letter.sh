#!/usr/bin/env bash
# versions: OpenSMTPD 6.8.0p2 (Debian 12)
# most expect: a mail program of today offers PIPELINING; where it limits the letters of a session it says 421 and hangs up
# seen 2026-11-30: it offers none, and at the 101st letter it says "452 4.5.3 Too many recipients: Too many messages sent" and keeps the session open, so that whoever takes 452 for this one recipient goes on asking in vain
# our code: src/briefing/sends/transports/smtp_connection.py
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
listen on 127.0.0.1 port 25 hostname relay.example.org
action "hold" maildir "/var/tmp/held" user nobody
match from any for any action "hold"
CONF
exec unshare --net --pid --fork --kill-child bash -euo pipefail <<'HOST'
root="$work/root"
mount -t proc proc "$root/proc"
ip link set lo up
chroot "$root" smtpd
python3 - <<'PY'
import smtplib, time

for _ in range(100):
    try:
        client = smtplib.SMTP("127.0.0.1", 25)
        break
    except OSError:
        time.sleep(0.2)
client.ehlo()
taken, answers = 0, []
while not answers and taken < 150:
    code, words = client.mail("sender@example.org")
    if code != 250:
        answers = [(code, words), client.mail("sender@example.org"), client.noop()]
        break
    client.rcpt("root@localhost")
    client.data("Subject: x\r\n\r\nx\r\n")
    taken += 1
print("extensions:", *client.esmtp_features)
print("letters taken:", taken, *answers, sep="\n")
codes = [code for code, _ in answers]
raise SystemExit(client.has_extn("pipelining") or (taken, codes) != (100, [452, 452, 250]))
PY
HOST
ROOT
