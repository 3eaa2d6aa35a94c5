"""A real Exim of our own, on loopback, with its own folders.

Needs Debian's package exim4-daemon-light (or its files on PATH), and root.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.servers.postfix import free_port

_SEARCHED = f"{os.environ['PATH']}:/usr/sbin"
#: Whoever is not of example.net is refused in Exim's own words for "relay".
CONFIG = """\
primary_hostname = relay.example.org
spool_directory = {folder}/spool
log_file_path = {folder}/log/%slog
pid_file_path = {folder}/exim.pid
exim_user = Debian-exim
exim_group = Debian-exim
never_users =
local_interfaces = 127.0.0.1
daemon_smtp_ports = {port}
tls_advertise_hosts =
host_lookup =
rfc1413_hosts =
rfc1413_query_timeout = 0s
smtp_accept_queue_per_connection = 0
queue_only = true
acl_smtp_rcpt = check_rcpt
acl_smtp_data = accept
{more}
begin acl
check_rcpt:
{rules}
  accept domains = example.net
  deny message = relay not permitted
begin routers
everything:
  driver = redirect
  data = :blackhole:
begin transports
begin retry
"""


def tool() -> str | None:
    """The path of the program; None when it is not here."""
    return shutil.which("exim4", path=_SEARCHED)


@dataclass(frozen=True)
class Exim:
    """A running instance."""

    port: int
    folder: Path

    @property
    def log(self) -> str:
        """What it logged."""
        return (self.folder / "log" / "mainlog").read_text("utf-8", "replace")

    @property
    def taken(self) -> int:
        """Letters that it took."""
        return self.log.count(" <= ")


@contextmanager
def running(rules: str = "", more: str = "") -> Iterator[Exim]:
    """A running instance that takes whatever comes for example.net and throws it away.

    Args:
        rules: lines of its ACL for recipients, before its own.
        more: lines of its main section.
    """
    folder = Path("/var/tmp") / f"briefing-exim-{os.getpid()}"
    for name in ("spool", "log"):
        (folder / name).mkdir(parents=True)
        shutil.chown(folder / name, "Debian-exim", "Debian-exim")
    folder.chmod(0o755)
    port = free_port()
    config = folder / "exim.conf"
    config.write_text(CONFIG.format(folder=folder, port=port, rules=rules, more=more))
    command = [tool() or "exim4", "-C", str(config), "-bdf", "-q1m"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as daemon:
        try:
            _wait(port, daemon)
            yield Exim(port, folder)
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(10)
            shutil.rmtree(folder)


def _wait(port: int, daemon: "subprocess.Popen[bytes]") -> None:
    patience = time.monotonic() + 20
    while time.monotonic() < patience:
        if daemon.poll() is not None:
            assert daemon.stderr is not None
            raise OSError(daemon.stderr.read().decode())
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
            if probe.recv(3) == b"220":
                return
        time.sleep(0.05)
    raise OSError("Exim does not answer")
