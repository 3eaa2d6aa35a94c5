#!/usr/bin/env bash
# versions: flufl.bounce 6.0.0
# most expect: Mailman's reader of bounces tells refusals of the address from those of a full mailbox or of the letter, whose status says so
# seen 2026-11-29: 5.2.2 (mailbox full), 5.7.1 (policy) and 4.4.7 (expired) are all permanent failures of the address, as 5.1.1 is
# our code: src/briefing/sends/bounces/verdict.py
# Installs the pinned packages into a temporary folder, and fails when the behaviour is another one.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check flufl.bounce==6.0.0
cd "$work"
"$work/venv/bin/python" - <<'PY'
from email import message_from_string
from flufl.bounce import all_failures
REPORT = """\
From: MAILER-DAEMON@relay.example
To: list@example.org
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

It was not delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; ada@example.net
Action: failed
Status: {status}
Diagnostic-Code: smtp; {said}

--b--
"""
CASES = {"5.1.1": "550 5.1.1 no such user", "5.2.2": "552 5.2.2 mailbox full",
    "5.7.1": "550 5.7.1 blocked by policy", "4.4.7": "delivery time expired"}
found = {}
for status, said in CASES.items():
    passing, lasting = all_failures(message_from_string(REPORT.format(status=status, said=said)))
    found[status] = "permanent" if lasting else "temporary" if passing else "none"
print(found)
raise SystemExit(set(found.values()) != {"permanent"})
PY
