"""The reports that real mail programs write about letters that were refused: made again, and kept.

`make reports`, as root on a Debian with a network: each program is installed into an overlay of this machine's
own root, which is thrown away afterwards, and started in a network namespace that has loopback and nothing else.
One letter goes to each name of `tests/servers/refusing.py`, one to a domain that does not exist and one to a
domain that takes no mail. What comes back is written to tests/sends/bounces/reports/PROGRAM/NAME.eml.
"""

import os
import re
import shlex
import smtplib
import socket
import stat
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.sends.bounces.letters import ID, PATH
from tests.servers.dns_server import DnsServer
from tests.servers.mail_programs import PATIENCE, PROGRAMS, MailProgram
from tests.servers.refusing import DOMAIN, REFUSALS, RefusingHost

KEPT = Path(__file__).parents[1] / "sends" / "bounces" / "reports"
HOST, REFUSING = "relay.example.org", "192.0.2.25"
RECORDS = (
    f"{HOST}. A 127.0.0.1",
    f"{DOMAIN}. MX 10 mx.{DOMAIN}.",
    f"mx.{DOMAIN}. A {REFUSING}",
    "example.org. MX 10 mx.example.org.",
    f"mx.example.org. A {REFUSING}",
    "closed.example. MX 0 .",
)
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
#: What programs find in /dev, with its minor number.
DEVICES = {"null": 3, "zero": 5, "random": 8, "urandom": 9}
#: Seconds until all reports must be here.
LONGEST = 120


def main(name: str, stage: str = "", folder: str = "") -> None:
    """Makes the reports of one program.

    Args:
        name: of the program.
        stage: empty, or what a process of this module is to do in namespaces of its own.
        folder: an empty one, for that process.
    """
    if stage == "make":
        _make(name, PROGRAMS[name], Path(folder) / "root")
    elif stage == "install":
        _install(PROGRAMS[name], Path(folder))
        # With the first process of a namespace for processes, all of them end.
        _run_again(("--net", "--uts", "--pid", "--fork", "--kill-child"), name, "make", folder)
    else:
        folder = tempfile.mkdtemp(prefix="briefing-reports-", dir="/var/tmp")
        try:
            _run_again(("--mount",), name, "install", folder)
        finally:
            Path(folder).rmdir()


def _run_again(namespaces: tuple[str, ...], *words: str) -> None:
    again = (sys.executable, "-m", "tests.faults.reports", *words)
    subprocess.run(["unshare", *namespaces, *again], check=True)


def _install(program: MailProgram, folder: Path) -> None:
    """Installs into memory that is mounted for this process alone."""
    _run("mount", "-t", "tmpfs", "tmpfs", str(folder))
    upper, work, root = (folder / part for part in ("upper", "work", "root"))
    for path in (upper, work, root):
        path.mkdir()
    layers = f"lowerdir=/,upperdir={upper},workdir={work}"
    _run("mount", "-t", "overlay", "overlay", "-o", layers, str(root))
    for name, number in DEVICES.items():
        os.mknod(root / "dev" / name, stat.S_IFCHR | 0o666, os.makedev(1, number))
        (root / "dev" / name).chmod(0o666)
    _run("mount", "-t", "proc", "proc", f"{root}/proc")
    _put(root / "etc/resolv.conf", Path("/etc/resolv.conf").read_text("utf-8"))
    # No package starts a daemon.
    _put(root / "usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", 0o755)
    quiet = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "install", "-y")
    _run("chroot", str(root), *quiet, "--no-install-recommends", *program.packages)


def _make(name: str, program: MailProgram, root: Path) -> None:
    _run("mount", "-t", "proc", "proc", f"{root}/proc")
    _run("ip", "link", "set", "lo", "up")
    _run("ip", "address", "add", f"{REFUSING}/32", "dev", "lo")
    socket.sethostname(HOST)
    _put(root / "etc/resolv.conf", "nameserver 127.0.0.1\n")
    _put(root / "etc/hosts", f"127.0.0.1 {HOST} relay localhost\n")
    _put(root / "etc/mailname", f"{HOST}\n")
    with DnsServer(RECORDS, 53), RefusingHost(REFUSING) as host:
        _start(program, root)
        for recipient in RECIPIENTS:
            _submit(recipient)
        found = _wait(host)
    if len(found) < len(RECIPIENTS):
        sys.stderr.write((root / program.log.lstrip("/")).read_text("utf-8", "replace"))
    _write(name, program, root, found)


def _start(program: MailProgram, root: Path) -> None:
    for path, text in program.files.items():
        _put(root / path.lstrip("/"), text.replace("{patience}", str(PATIENCE)))
    _run("chroot", str(root), "sh", "-c", program.start)


def _put(path: Path, text: str, mode: int = 0o644) -> None:
    """Writes into the overlay, and not through a link of it to this machine's own files."""
    path.unlink(missing_ok=True)
    path.write_text(text)
    path.chmod(mode)


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


def _write(name: str, program: MailProgram, root: Path, found: dict[str, bytes]) -> None:
    folder = KEPT / name
    folder.mkdir(parents=True, exist_ok=True)
    for recipient in RECIPIENTS:
        if recipient not in found:
            sys.stderr.write(f"{name} wrote no report about {recipient} within {LONGEST} s\n")
            continue
        path = folder / f"{recipient.partition('@')[0]}.eml"
        path.write_bytes(found[recipient].replace(b"\r\n", b"\n"))
    query = ("dpkg-query", "--show", "--showformat", "${Package} ${Version}", program.packages[0])
    version = _run("chroot", str(root), *query).stdout
    debian = (root / "etc/debian_version").read_text().strip()
    made = f"{version}, Debian {debian}, made on {datetime.now(UTC):%Y-%m-%d}\n"
    (folder / "program.txt").write_text(made)
    sys.stdout.write(f"{made.strip()}: {len(found)} reports\n")


def _run(*command: str) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{shlex.join(command)}: {error.stderr or error}") from error


if __name__ == "__main__":
    if sys.argv[1:]:
        main(*sys.argv[1:])
    else:
        for program in PROGRAMS:
            main(program)
