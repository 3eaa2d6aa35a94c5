"""Letters a second through our SMTP transport, recorded in the ledger, against the machine's limit.

Usage: `python -m benchmarks.send [--readers N] [--rounds N] [--only WORDS]`. Needs Debian's package
postfix for `smtp-source` and `smtp-sink`, and root for the rows into a real Postfix.

The limit is `smtp-source` posting the same letter to as many readers, over as many connections, to the
same receiver; `filler` is the ratio to `smtp-source` with as many bytes that are not a letter, lines of X,
over which a Postfix takes less time: it reads headers and MIME parts. All take turns, each when the
receiver has delivered what it took before, so that a busy machine slows all; what is printed are medians
and the median of the ratios of neighbours. Receiver, database and senders share the machine's cores. Our
time runs from the freezing of the readers to the last letter; our CPU is that of all senders and of the
processes that sign for them, without PostgreSQL's own.

`possible` is the ratio of a sender that takes no more than `smtp-source` and, where letters are signed,
the bare RSA signatures of this machine's OpenSSL: all cores post, then all cores sign.
"""

import argparse
import itertools
import multiprocessing
import os
import resource
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from sqlalchemy import func, select
from tests.desks import act
from tests.servers import postfix, postgresql

from briefing.actions.admin.init import make_house
from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.letters.send_settings import letter_writer
from briefing.actions.open_store import the_store
from briefing.actions.readers.import_list import import_list
from briefing.actions.rendering.render import render_edition
from briefing.actions.review.gate import refusal
from briefing.actions.sending.send import begin_sending, send_edition
from briefing.actions.sending.worker import Worker
from briefing.clock import utc_now
from briefing.config import Config, load_config
from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus
from briefing.model.subscriber import Subscriber
from briefing.store.schema.core import deliveries

CONNECTIONS = 32


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    receiver: str
    store: str
    senders: int
    signed: bool
    #: What issue 8 asks for; 0 where it asks for nothing.
    asked: float = 0.0

    @property
    def name(self) -> str:
        how = "RSA-2048" if self.signed else "unsigned"
        return f"{self.receiver:<8} {self.store:<11}{self.senders:>2}  {how}"


ROWS = (
    Row("sink", "SQLite", 1, signed=False, asked=0.80),
    Row("sink", "SQLite", 1, signed=True, asked=0.55),
    *(Row("sink", "PostgreSQL", n, signed=False, asked=0.70) for n in (1, 2, 3)),
    *(Row("sink", "PostgreSQL", n, signed=True) for n in (1, 2, 3)),
    Row("Postfix", "SQLite", 1, signed=False, asked=0.85),
    Row("Postfix", "PostgreSQL", 2, signed=False),
)


def tool(name: str) -> str:
    found = postfix.tool(name)
    if found is None:
        raise SystemExit(f"{name} is not here; install Debian's package postfix.")
    return found


@dataclass(frozen=True)
class Receiver:
    """Who takes the letters."""

    port: int
    #: True when it has delivered all it took.
    is_idle: Callable[[], bool] = lambda: True


@contextmanager
def sink() -> Iterator[Receiver]:
    """A server that takes every letter and forgets it."""
    port = postfix.free_port()
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    process = subprocess.Popen([tool("smtp-sink"), *user, f"127.0.0.1:{port}", "1000"])
    try:
        while True:
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
        yield Receiver(port)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def real_postfix() -> Iterator[Receiver]:
    """A Postfix that keeps each letter on its disk, and then throws it away."""
    with postfix.running("virtual_transport = discard:\n") as server:
        yield Receiver(server.port, lambda: server.is_idle)


def settings(url: str, port: int) -> dict[str, str]:
    """What a house is told of its database (a file when empty) and its relay on this machine."""
    return {
        "BRIEFING_DATABASE__URL": f'"{url}"',
        "BRIEFING_SEND__TRANSPORT": "smtp",
        "BRIEFING_SEND__SMTP__HOST": "127.0.0.1",
        "BRIEFING_SEND__SMTP__PORT": str(port),
        "BRIEFING_SEND__SMTP__SECURITY": "none",
        "BRIEFING_SEND__SMTP__CONNECTIONS": str(CONNECTIONS),
    }


def database(store: str, server: postgresql.Server) -> AbstractContextManager[str]:
    """The address of a new database of that kind; empty for a file."""
    return server.database() if store == "PostgreSQL" else nullcontext("")


def house(
    folder: Path, url: str, port: int, readers: int, *, signed: bool
) -> tuple[Config, str, bytes]:
    """A house with so many readers and a rendered edition, and one of its letters."""
    make_house(folder)
    lines = (f"reader{number}@example.net,Reader {number}," for number in range(readers))
    (folder / "seeds" / "subscribers.csv").write_text("email,name,tags\n" + "\n".join(lines) + "\n")
    path = folder / "config.toml"
    if signed:
        key = generate_private_key(65_537, 2048)
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / "dkim.pem").write_bytes(pem)
        dkim = '\n[[send.dkim]]\ndomain = "example.org"\nselector = "s"\nkey_file = "dkim.pem"\n'
        path.write_text(path.read_text() + dkim)
    config = load_config(path, settings(url, port))
    edition = act(draft, config, "staggers").edition.id
    rendered = act(render_edition, config, edition)
    with open_desk(config) as desk:
        listed = config.path(config.lists["readers"].path or "")
        import_list(desk, "readers", listed, actor="benchmark")
    (folder / "seeds" / "subscribers.csv").write_text("email,name,tags\n")
    # As `briefing render` asks last, and the desk's first page: what passes the checks is not checked again.
    assert act(refusal, config, edition) is None
    writer = act(letter_writer, config, rendered.email, list_name="readers", title="T", began=0.0)
    letter = writer.write(Subscriber(email="reader1@example.net", ref="0" * 16))
    return config, edition, letter.wire


def work(config: Config, edition: str) -> None:
    """Be one of several senders until the edition is sent, which is asked when a turn is over.

    A worker of a house opens no second store, and looks at nothing before its first turn.
    """
    worker = Worker(config, utc_now)
    looks = itertools.count()

    def is_over() -> bool:
        if next(looks) == 0:
            return False
        with the_store(config, utc_now()) as store:
            return store.mailings.get(edition).status is MailingStatus.SENT

    with worker.at_work():
        worker.work(is_over)


def alone(config: Config, edition: str) -> None:
    """Be the one sender."""
    act(send_edition, config, edition)


def ours(config: Config, edition: str, senders: int) -> tuple[float, float]:
    """Letters a second, and microseconds of our CPU a letter."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    if config.database.url.startswith("postgresql"):
        act(begin_sending, config, edition)
        task: Callable[[Config, str], None] = work
    else:
        task = alone
    fork = multiprocessing.get_context("fork")
    workers = [fork.Process(target=task, args=(config, edition)) for _ in range(senders)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    with the_store(config, utc_now()) as store, store.database.read() as connection:
        counts = store.ledger(store.mailings.get(edition).number).counts()
        last = connection.execute(select(func.max(deliveries.c.at))).scalar_one()
    assert set(counts) == {State.POSTED}, counts
    readers = counts[State.POSTED]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return readers / (last - start), cpu / readers * 1e6


def limit(port: int, readers: int, content: str) -> float:
    """Letters a second of `smtp-source`; the content is its `-F` with a file or `-l` with a size."""
    start = time.perf_counter()
    subprocess.run(
        # -N: to as many different readers, as we do. Postfix looks each of them up, and takes a sixth
        # longer over it than over one reader again and again.
        [tool("smtp-source"), "-dN", f"-s{CONNECTIONS}", f"-m{readers}", content]
        + ["-fbriefing@example.org", "-treader@example.net", f"127.0.0.1:{port}"],
        check=True,
    )
    return readers / (time.perf_counter() - start)


T = TypeVar("T")


def rested(receiver: Receiver, measured: Callable[[], T]) -> T:
    """Measure when the receiver has nothing left to do."""
    while not receiver.is_idle():
        time.sleep(0.1)
    return measured()


def sign(times: int) -> None:
    key = generate_private_key(65_537, 2048)
    for _ in range(times):
        key.sign(b"x" * 600, PKCS1v15(), SHA256())


def bare_signatures() -> float:
    """RSA-2048 signatures a second when all cores do nothing else."""
    cores, times = len(os.sched_getaffinity(0)), 2_000
    fork = multiprocessing.get_context("fork")
    signers = [fork.Process(target=sign, args=(times,)) for _ in range(cores)]
    start = time.perf_counter()
    for signer in signers:
        signer.start()
    for signer in signers:
        signer.join()
    return cores * times / (time.perf_counter() - start)


def measure(
    row: Row,
    readers: int,
    rounds: int,
    receiver: Receiver,
    server: postgresql.Server,
) -> None:
    port = receiver.port
    found = []
    for turn in range(rounds):
        with tempfile.TemporaryDirectory() as folder, database(row.store, server) as url:
            config, edition, letter = house(
                Path(folder) / "house", url, port, readers, signed=row.signed
            )
            same = Path(folder) / "letter"
            same.write_bytes(letter.replace(b"\r\n", b"\n"))
            post = partial(ours, config, edition, row.senders)
            # Who comes second may find the receiver warm; they take turns at that, too.
            if turn % 2:
                best = rested(receiver, partial(limit, port, readers, f"-F{same}"))
                rate, cpu = rested(receiver, post)
            else:
                rate, cpu = rested(receiver, post)
                best = rested(receiver, partial(limit, port, readers, f"-F{same}"))
            filler = rested(receiver, partial(limit, port, readers, f"-l{len(letter)}"))
            # The limit's letters and their signatures, one after the other on all cores.
            possible = 1 / (1 + best / bare_signatures()) if row.signed else 1.0
            found.append((rate, best, rate / best, rate / filler, cpu, possible))
    columns = (statistics.median(one) for one in zip(*found, strict=True))
    rate, best, ratio, to_filler, cpu, possible = columns
    worst, first = min(one[2] for one in found), max(one[2] for one in found)
    asked = f"{row.asked:.2f}" if row.asked else ""
    print(
        f"{row.name} {rate:>8,.0f} {best:>8,.0f} {ratio:>6.2f} "
        f"{worst:>5.2f}-{first:.2f} {asked:>5} {to_filler:>7.2f} {possible:>9.2f} {cpu:>6,.0f} µs "
        f"{len(letter):>7,} B",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--readers", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="rows whose name holds these words")
    asked = parser.parse_args()
    rows = [row for row in ROWS if all(word in row.name for word in asked.only.split())]
    if os.geteuid() != 0:
        print("Rows into a real Postfix need root; they are left out.")
        rows = [row for row in rows if row.receiver == "sink"]
    print(f"{asked.readers:,} readers, {CONNECTIONS} connections a sender, {asked.rounds} rounds")
    head = "ours/s  limit/s  ratio   range   asked  filler  possible  our CPU    letter"
    print(f"{'into':<8} {'ledger':<11}senders        {head}")
    with (
        sink() as simple,
        postgresql.running(postgresql.DURABLE) as server,
        real_postfix()
        if any(row.receiver == "Postfix" for row in rows)
        else nullcontext(simple) as queue,
    ):
        for row in rows:
            receiver = queue if row.receiver == "Postfix" else simple
            measure(row, asked.readers, asked.rounds, receiver, server)


if __name__ == "__main__":
    main()
