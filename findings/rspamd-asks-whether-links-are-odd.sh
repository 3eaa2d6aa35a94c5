#!/usr/bin/env bash
# versions: rspamd 3.4 (Debian 12)
# most expect: URI_COUNT_ODD (1.0, "Odd number of URIs in multipart/alternative message") compares the two parts: a letter whose HTML leads elsewhere than its text gets the points, one whose parts lead to the same places gets none
# seen 2026-11-30: it asks whether a sum is odd: two links in the text and none in the HTML pass, and a headline and "Read on" that lead where the text leads cost 1.0
# our code: benchmarks/proof.py
# Installs the pinned package (rspamd==3.4-1) into an overlay of this machine's own root, as root; all of it is in memory
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
DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get -qq install -y --no-install-recommends rspamd=3.4-1 > /dev/null 2>&1 ||
    { echo "needs apt and Debian 12's package"; exit 1; }
exec unshare --net --pid --fork --kill-child bash -euo pipefail <<'HOST'
root="$work/root"
mount -t proc proc "$root/proc"
ip link set lo up
chroot "$root" rspamd -f -i -c /etc/rspamd/rspamd.conf > /dev/null 2>&1 &
python3 - <<'PY'
import json, time, urllib.error, urllib.request
from email.message import EmailMessage

A, B = "https://a.example.org/one", "https://b.example.org/two"
LETTERS = {
    "text A, HTML A": (A, [A], False),
    "text A and B, HTML none": (f"{A}\n{B}", [], False),
    "text A, HTML A twice": (A, [A, A], True),
}

def points(text, links):
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "desk@example.org", "reader@example.org", "x"
    letter.set_content(f"The pact holds\n{text}\n")
    linked = "".join(f'<p><a href="{link}">The pact holds</a></p>' for link in links)
    letter.add_alternative(f"<p>The pact holds</p>{linked}", subtype="html")
    asked = urllib.request.Request("http://127.0.0.1:11334/checkv2", data=letter.as_bytes())
    for _ in range(180):
        try:
            with urllib.request.urlopen(asked) as answer:
                found = json.load(answer)["symbols"]
                return found.get("URI_COUNT_ODD", {}).get("score", 0)
        except OSError:
            time.sleep(1)
    raise SystemExit("rspamd did not start")

told = {name: points(text, links) for name, (text, links, _) in LETTERS.items()}
print(*(f"{name}: {score:g}" for name, score in told.items()), sep="\n")
raise SystemExit(any((told[name] == 1) != odd for name, (_, _, odd) in LETTERS.items()))
PY
HOST
ROOT
