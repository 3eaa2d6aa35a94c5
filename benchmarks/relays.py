"""Letters a second into real mail programs that keep or drop what they take.

    python -m benchmarks.relays        (root, a Debian with a network; READERS=2000)

Each program is installed into a root of its own, in memory, and gone afterwards. The time is that of the whole
`send_edition`, over one connection and over eight, every letter in the ledger before its dot and after the answer.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import AbstractContextManager
from pathlib import Path

from tests.desks import act
from tests.servers import exim, opensmtpd, postfix
from tests.servers.own_root import alone
from tests.servers.sending import begun

from briefing.actions.sending.send import send_edition

READERS = int(os.environ.get("READERS", "2000"))
NAMES = ("exim", "opensmtpd", "postfix")


def main(*words: str) -> None:
    """Measures one program, by its name; see `alone`."""
    if words[1:] == ("measure",):
        for connections in (1, 8):
            _measure(words[0], connections)
        return
    inside = (sys.executable, "-m", "benchmarks.relays", words[0], "measure")
    alone(
        "benchmarks.relays",
        words,
        lambda root: _there(root, *inside),
    )


def _there(root: Path, *command: str) -> None:
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run(["mount", "-t", "proc", "proc", f"{root}/proc"], check=True)
    (root / "etc/hosts").unlink()
    (root / "etc/hosts").write_text("127.0.0.1 localhost relay.example.org\n")
    script = 'cd "$0" && exec "$@"'
    subprocess.run(["chroot", str(root), "sh", "-c", script, str(Path.cwd()), *command], check=True)


def _measure(name: str, connections: int) -> None:
    folder = Path(tempfile.mkdtemp())
    more = {"BRIEFING_SEND__SMTP__CONNECTIONS": str(connections)}
    with _running(name, folder) as server:
        config, edition, _ = begun(folder / "house", server.port, READERS, **more)
        began, cpu = time.monotonic(), time.process_time()
        sent = act(send_edition, config, edition)
        seconds, used = time.monotonic() - began, time.process_time() - cpu
    counts = ", ".join(f"{count} {state}" for state, count in sent.counts.items())
    sys.stdout.write(
        f"| {name} | {connections} | {counts} | {READERS / seconds:,.0f} | {1e6 * used / READERS:,.0f} µs |\n"
    )


def _running(
    name: str, folder: Path
) -> AbstractContextManager[exim.Exim | opensmtpd.OpenSmtpd | postfix.Postfix]:
    if name == "exim":
        return exim.running()
    return opensmtpd.running(folder) if name == "opensmtpd" else postfix.running()


if __name__ == "__main__":
    if sys.argv[1:]:
        main(*sys.argv[1:])
    else:
        for program in NAMES:
            main(program)
