"""A real Postfix of our own, on loopback, with its own folders; and its programs for measuring.

Needs Debian's package postfix, and root.
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

#: Postfix keeps its programs here, which is on no ordinary user's PATH.
_SEARCHED = f"{os.environ['PATH']}:/usr/sbin"
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
"""
MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = relay.example.org
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = example.net
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
smtpd_recipient_restrictions = permit_mynetworks, reject
"""


def tool(name: str) -> str | None:
    """The path of one of its programs; None when it is not here."""
    return shutil.which(name, path=_SEARCHED)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Postfix:
    """A running instance."""

    port: int
    #: The Maildir that all letters come to.
    box: Path
    log: Path
    #: Where it keeps the letters that it has taken and not yet delivered.
    queue: Path

    @property
    def is_idle(self) -> bool:
        """True when every letter that it took is delivered."""
        return not any(any((self.queue / name).iterdir()) for name in ("incoming", "active"))


@contextmanager
def running(more: str = "") -> Iterator[Postfix]:
    """A running instance that delivers whatever comes for example.net into one mailbox.

    Args:
        more: lines for its main.cf.
    """
    # pytest's own folders are closed to others.
    folder = Path("/var/tmp") / f"briefing-postfix-{os.getpid()}"
    for name in ("etc", "queue", "data", "log", "mail"):
        (folder / name).mkdir(parents=True)
    folder.chmod(0o755)
    shutil.chown(folder / "data", "postfix")
    (folder / "mail").chmod(0o777)
    port = free_port()
    (folder / "etc" / "main.cf").write_text(MAIN.format(folder=folder) + more)
    (folder / "etc" / "master.cf").write_text(MASTER.format(port=port))
    command = [tool("postfix") or "postfix", "-c", str(folder / "etc")]
    subprocess.run([*command, "start"], check=True, capture_output=True)
    try:
        yield Postfix(port, folder / "mail" / "all", folder / "log" / "mail.log", folder / "queue")
    finally:
        subprocess.run([*command, "stop"], check=False, capture_output=True)
        shutil.rmtree(folder)
