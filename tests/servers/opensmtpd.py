"""A real OpenSMTPD of our own, on loopback.

Needs Debian's package opensmtpd, whose users and folders it uses, and root; no other may run.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.servers.postfix import free_port

_SEARCHED = f"{os.environ['PATH']}:/usr/sbin"
#: It takes letters for one domain; every other is refused in its own words for "no rule lets you relay".
CONFIG = """\
listen on 127.0.0.1 port {port} hostname relay.example.org
table known {{ {known} }}
action "hold" mda "/bin/cat" virtual <known>
match from any for domain "{domain}" action "hold"
"""


def tool() -> str | None:
    """The path of the program; None when it is not here."""
    return shutil.which("smtpd", path=_SEARCHED)


@dataclass(frozen=True)
class OpenSmtpd:
    """A running instance."""

    port: int
    log: Path

    @property
    def taken(self) -> int:
        """Letters that it took."""
        return self.log.read_text("utf-8", "replace").count("smtp message msgid=")


@contextmanager
def running(
    folder: Path, domain: str = "example.net", names: Iterable[str] = ("",)
) -> Iterator[OpenSmtpd]:
    """A running instance.

    Args:
        folder: for its configuration and its log.
        domain: whose letters it takes.
        names: who there; "" for everybody.
    """
    port, log = free_port(), folder / "smtpd.log"
    known = ", ".join(f'"{name}@{domain}" = "nobody"' for name in names)
    config = folder / "smtpd.conf"
    config.write_text(CONFIG.format(port=port, domain=domain, known=known))
    config.chmod(0o600)
    command = [tool() or "smtpd", "-d", "-f", str(config)]
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as daemon:
        try:
            _wait(port, daemon, log)
            yield OpenSmtpd(port, log)
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(10)


def _wait(port: int, daemon: "subprocess.Popen[bytes]", log: Path) -> None:
    patience = time.monotonic() + 20
    while time.monotonic() < patience:
        if daemon.poll() is not None:
            raise OSError(log.read_text("utf-8", "replace"))
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
            if probe.recv(3) == b"220":
                return
        time.sleep(0.05)
    raise OSError("OpenSMTPD does not answer")
