"""The reports that real mail programs write about letters that were refused: made again, and kept.

`make reports`, as root on a Debian with a network: each program is installed into an overlay of this machine's
own root, which is thrown away afterwards, and started in a network namespace that has loopback and nothing else.
One letter goes to each name of `tests/servers/refusing.py`, one to a domain that does not exist and one to a
domain that takes no mail. What comes back is written to tests/sends/bounces/reports/PROGRAM/NAME.eml.
"""

import re
import smtplib
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.sends.bounces.letters import ID, PATH
from tests.servers.mail_programs import PROGRAMS
from tests.servers.own_root import HOST, alone, run, started
from tests.servers.refusing import DOMAIN, REFUSALS, RefusingHost

KEPT = Path(__file__).parents[1] / "sends" / "bounces" / "reports"
RECIPIENTS = (
    *(f"{name}@{DOMAIN}" for name in REFUSALS),
    "nowhere@missing.example",
    "nobody@closed.example",
)
LETTER = """\
From: The Staggers <briefing@example.org>
To: <{recipient}>
Subject: Monday's briefing
Message-ID: {id}
Date: Mon, 23 Nov 2026 06:30:00 +0000

Good morning.
"""
#: Seconds until all reports must be here.
LONGEST = 120


def main(*words: str) -> None:
    """Makes the reports of one program, by its name; see `alone`."""
    alone("tests.faults.reports", words, lambda root: _make(words[0], root))


def _make(name: str, root: Path) -> None:
    with started(name, root) as host:
        for recipient in RECIPIENTS:
            _submit(recipient)
        found = _wait(host)
    if len(found) < len(RECIPIENTS):
        log = root / PROGRAMS[name].log.lstrip("/")
        sys.stderr.write(log.read_text("utf-8", "replace"))
    _write(name, root, found)


def _submit(recipient: str) -> None:
    patience = time.monotonic() + 60
    while True:
        try:
            with smtplib.SMTP("127.0.0.1", 25, HOST, timeout=30) as client:
                client.sendmail(PATH, [recipient], LETTER.format(recipient=recipient, id=ID))
                return
        except OSError as error:
            if time.monotonic() > patience:
                raise SystemExit(
                    f"no mail program takes the letter to {recipient}: {error}"
                ) from error
        time.sleep(0.5)


def _wait(host: RefusingHost) -> dict[str, bytes]:
    patience, found = time.monotonic() + LONGEST, dict[str, bytes]()
    while len(found) < len(RECIPIENTS) and time.monotonic() < patience:
        time.sleep(0.5)
        found = {
            recipient: report
            for report in host.kept
            for recipient in RECIPIENTS
            if re.search(rb"\b" + re.escape(recipient.encode()), report)
        }
    return found


def _write(name: str, root: Path, found: dict[str, bytes]) -> None:
    folder = KEPT / name
    folder.mkdir(parents=True, exist_ok=True)
    for recipient in RECIPIENTS:
        if recipient not in found:
            sys.stderr.write(f"{name} wrote no report about {recipient} within {LONGEST} s\n")
            continue
        path = folder / f"{recipient.partition('@')[0]}.eml"
        path.write_bytes(found[recipient].replace(b"\r\n", b"\n"))
    query = (
        "dpkg-query",
        "--show",
        "--showformat",
        "${Package} ${Version}",
        PROGRAMS[name].packages[0],
    )
    version = run("chroot", str(root), *query).stdout
    debian = (root / "etc/debian_version").read_text().strip()
    made = f"{version}, Debian {debian}, made on {datetime.now(UTC):%Y-%m-%d}\n"
    (folder / "program.txt").write_text(made)
    sys.stdout.write(f"{made.strip()}: {len(found)} reports\n")


if __name__ == "__main__":
    if sys.argv[1:]:
        main(*sys.argv[1:])
    else:
        for program in PROGRAMS:
            main(program)
