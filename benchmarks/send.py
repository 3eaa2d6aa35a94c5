"""Letters a second through our SMTP transport, recorded in the ledger, against the machine's limit.

Usage: `benchmarks/send.py [READERS]`. Needs Debian's package postfix for `smtp-source` and
`smtp-sink`. The limit is `smtp-source` posting as many letters of the same size over as many
connections to the same sink. The two take turns, so that a busy machine slows both; what is
printed are medians and the median of the ratios of neighbours.
"""

import os
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from briefing.clock import utc_now
from briefing.config import load_config
from briefing.desk.draft import draft
from briefing.desk.init import make_house
from briefing.desk.opening import the_keys, the_store
from briefing.desk.postman import LetterWriter
from briefing.desk.readers import import_list
from briefing.desk.render import render_edition
from briefing.desk.send import send_edition
from briefing.model.delivery import State
from briefing.model.subscriber import Subscriber

ROUNDS = 3
CONNECTIONS = 32
#: Postfix keeps its test programs here, which is on no ordinary user's PATH.
SEARCHED = os.environ["PATH"] + ":/usr/sbin"


def tool(name):
    found = shutil.which(name, path=SEARCHED)
    if found is None:
        raise SystemExit(f"{name} is not here; install Debian's package postfix.")
    return found


@contextmanager
def sink():
    """A server that takes every letter and forgets it; yields its port."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    process = subprocess.Popen([tool("smtp-sink"), *user, f"127.0.0.1:{port}", "1000"])
    try:
        while True:
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield port
    finally:
        process.terminate()
        process.wait()


def house(folder, port, readers, *, dkim):
    make_house(folder)
    lines = (f"reader{number}@example.net,Reader {number}," for number in range(readers))
    (folder / "seeds" / "subscribers.csv").write_text("email,name,tags\n" + "\n".join(lines) + "\n")
    signed = ""
    if dkim:
        key = generate_private_key(65_537, 2048)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / "dkim.pem").write_bytes(pem)
        signed = '[[send.dkim]]\ndomain = "example.org"\nselector = "s"\nkey_file = "dkim.pem"\n'
    path = folder / "config.toml"
    path.write_text(path.read_text() + signed)
    config = load_config(
        path,
        {
            "BRIEFING_SEND__TRANSPORT": "smtp",
            "BRIEFING_SEND__SMTP__HOST": "127.0.0.1",
            "BRIEFING_SEND__SMTP__PORT": str(port),
            "BRIEFING_SEND__SMTP__SECURITY": "none",
            "BRIEFING_SEND__SMTP__CONNECTIONS": str(CONNECTIONS),
        },
    )
    edition = draft(config, "staggers", utc_now()).edition.id
    rendered = render_edition(config, edition)
    with the_store(config, utc_now()) as store:
        path = config.path(config.lists["readers"].path)
        import_list(store, config, "readers", path, now=0.0, actor="benchmark")
    (folder / "seeds" / "subscribers.csv").write_text("email,name,tags\n")
    writer = LetterWriter(
        config, rendered.email, list_name="readers", title="T", began=0.0, keys=the_keys(config)
    )
    size = len(writer.write(Subscriber(email="reader1@example.net", ref="0" * 16)).wire)
    return config, edition, size


def ours(port, readers, *, dkim):
    """Letters a second, microseconds of our CPU a letter, and a letter's size."""
    with tempfile.TemporaryDirectory() as folder:
        config, edition, size = house(Path(folder) / "house", port, readers, dkim=dkim)
        before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        sent = send_edition(config, edition, utc_now)
        seconds = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_SELF)
        assert sent.counts == {State.POSTED: readers}, sent
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return readers / seconds, cpu / readers * 1e6, size


def limit(port, readers, size):
    start = time.perf_counter()
    subprocess.run(
        [tool("smtp-source"), "-d", f"-s{CONNECTIONS}", f"-m{readers}", f"-l{size}"]
        + ["-fbriefing@example.org", "-treader@example.net", f"127.0.0.1:{port}"],
        check=True,
    )
    return readers / (time.perf_counter() - start)


def main():
    readers = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with sink() as port:
        print(f"{readers:,} readers, {CONNECTIONS} connections, ledger at FULL, {ROUNDS} rounds")
        print(f"{'':>10} {'ours/s':>8} {'limit/s':>8} {'ratio':>6} {'our CPU':>9} {'letter':>9}")
        for name, dkim in (("unsigned", False), ("RSA-2048", True)):
            rounds = []
            for _ in range(ROUNDS):
                rate, cpu, size = ours(port, readers, dkim=dkim)
                rounds.append((rate, limit(port, readers, size), cpu, size))
            rates, limits, cpus, sizes = zip(*rounds, strict=True)
            ratio = statistics.median(mine / best for mine, best in zip(rates, limits, strict=True))
            print(
                f"{name:>10} {statistics.median(rates):>8,.0f} {statistics.median(limits):>8,.0f} "
                f"{ratio:>6.2f} {statistics.median(cpus):>6,.0f} µs {sizes[0]:>7,} B"
            )


if __name__ == "__main__":
    main()
