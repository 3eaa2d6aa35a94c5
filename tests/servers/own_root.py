"""A mail program in a root of its own: Debian's package over this machine's files, in memory, and gone afterwards.

Needs root, a Debian with a network, and `unshare`. The program runs in namespaces for mounts, processes, names and
networks of its own; its network is loopback, on which a name server and a host for all letters are ours.
"""

import os
import shlex
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers.dns_server import DnsServer
from tests.servers.mail_programs import PATIENCE, PROGRAMS, MailProgram
from tests.servers.refusing import DOMAIN, RefusingHost

HOST, REFUSING = "relay.example.org", "192.0.2.25"
RECORDS = (
    f"{HOST}. A 127.0.0.1",
    f"{DOMAIN}. MX 10 mx.{DOMAIN}.",
    f"mx.{DOMAIN}. A {REFUSING}",
    "example.org. MX 10 mx.example.org.",
    f"mx.example.org. A {REFUSING}",
    "closed.example. MX 0 .",
)
#: What programs find in /dev, with its minor number.
DEVICES = {"null": 3, "zero": 5, "random": 8, "urandom": 9}
#: What is done once the program is installed in that root.
Work = Callable[[Path], None]


def alone(module: str, words: tuple[str, ...], work: Work) -> None:
    """Do some work in a process of a module whose root holds a program that is not installed here.

    Args:
        module: which calls this with the same work, given the words that it is started with.
        words: the program's name; then what this function adds.
        work: what is done with the root.
    """
    name, stage, folder = (*words, "", "")[:3]
    if stage == "make":
        work(Path(folder) / "root")
    elif stage == "install":
        _install(PROGRAMS[name], Path(folder))
        # With the first process of a namespace for processes, all of them end.
        spaces = ("--net", "--uts", "--pid", "--fork", "--kill-child")
        _again(module, spaces, name, "make", folder)
    else:
        folder = tempfile.mkdtemp(prefix="briefing-program-", dir="/var/tmp")
        try:
            _again(module, ("--mount",), name, "install", folder)
        finally:
            Path(folder).rmdir()


def _again(module: str, namespaces: tuple[str, ...], *words: str) -> None:
    subprocess.run(["unshare", *namespaces, sys.executable, "-m", module, *words], check=True)


@contextmanager
def started(name: str, root: Path) -> Iterator[RefusingHost]:
    """The program, listening on port 25 of loopback, and the host to which all letters go."""
    program = PROGRAMS[name]
    run("mount", "-t", "proc", "proc", f"{root}/proc")
    run("ip", "link", "set", "lo", "up")
    run("ip", "address", "add", f"{REFUSING}/32", "dev", "lo")
    socket.sethostname(HOST)
    _put(root / "etc/resolv.conf", "nameserver 127.0.0.1\n")
    _put(root / "etc/hosts", f"127.0.0.1 {HOST} relay localhost\n")
    _put(root / "etc/mailname", f"{HOST}\n")
    with DnsServer(RECORDS, 53), RefusingHost(REFUSING) as host:
        for path, text in program.files.items():
            _put(root / path.lstrip("/"), text.replace("{patience}", str(PATIENCE)))
        run("chroot", str(root), "sh", "-c", program.start)
        yield host


def _install(program: MailProgram, folder: Path) -> None:
    """Installs into memory that is mounted for this process alone."""
    run("mount", "-t", "tmpfs", "tmpfs", str(folder))
    upper, work, root = (folder / part for part in ("upper", "work", "root"))
    for path in (upper, work, root):
        path.mkdir()
    layers = f"lowerdir=/,upperdir={upper},workdir={work}"
    run("mount", "-t", "overlay", "overlay", "-o", layers, str(root))
    for name, number in DEVICES.items():
        os.mknod(root / "dev" / name, stat.S_IFCHR | 0o666, os.makedev(1, number))
        (root / "dev" / name).chmod(0o666)
    run("mount", "-t", "proc", "proc", f"{root}/proc")
    _put(root / "etc/resolv.conf", Path("/etc/resolv.conf").read_text("utf-8"))
    # No package starts a daemon.
    _put(root / "usr/sbin/policy-rc.d", "#!/bin/sh\nexit 101\n", 0o755)
    quiet = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "install", "-y")
    run("chroot", str(root), *quiet, "--no-install-recommends", *program.packages)


def _put(path: Path, text: str, mode: int = 0o644) -> None:
    """Writes into the overlay, and not through a link of it to this machine's own files."""
    path.unlink(missing_ok=True)
    path.write_text(text)
    path.chmod(mode)


def run(*command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end; its failure ends this process with its words."""
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        raise SystemExit(f"{shlex.join(command)}: {error.stderr or error}") from error
