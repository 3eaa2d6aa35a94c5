"""A real PgBouncer of our own, on loopback, before a PostgreSQL of our own.

Needs Debian's package pgbouncer. It refuses to run as root, so it runs as `nobody` then.
"""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tests.servers.postgresql import Server

_SEARCHED = f"{os.environ['PATH']}:/usr/sbin"
_CONFIG = """\
[databases]
* = host={server} user=briefing {more}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = {mode}
default_pool_size = 20
"""


def program() -> str | None:
    """The path of PgBouncer; None when it is not here."""
    return shutil.which("pgbouncer", path=_SEARCHED)


def version() -> str:
    said = subprocess.run(
        [program() or "", "--version"], capture_output=True, text=True, check=True
    )
    return said.stdout.split("\n")[0]


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise OSError(f"PgBouncer does not answer: {process.poll()}")


@contextmanager
def pooled(server: Server, mode: str, more: str = "") -> Iterator[tuple[int, int]]:
    """A PgBouncer in a mode of its own; the port that it listens on, and its process.

    Args:
        server: the PostgreSQL behind it.
        mode: its pool_mode.
        more: what else is said of the database, for instance "pool_size=3".
    """
    folder = Path(mkdtemp(prefix="briefing-pgbouncer-"))
    folder.chmod(0o755)
    port = _free_port()
    config = folder / "pgbouncer.ini"
    config.write_text(_CONFIG.format(server=server.folder, port=port, mode=mode, more=more))
    user: dict[str, Any] = {}
    if os.geteuid() == 0:
        user = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [program() or "pgbouncer", str(config)], stdout=log, stderr=log, cwd=folder, **user
        )
    try:
        _wait(port, process)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder)
