"""A million readers on this machine: how long each step takes, and how it grows from a tenth of them.

Usage: `python -m benchmarks.million [--readers N] [--only SQLite|PostgreSQL]`. Needs Debian's package
postfix for `smtp-sink`. Each step is done with N/10 readers and with N, in processes of their own,
over both databases; one process sends to one sink. The column `growth` is how much longer a reader
takes among N than among N/10: 1.0 is linear, 0.1 is flat. Takes about half an hour for a million.
"""

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from benchmarks.send import database, settings, sink
from sqlalchemy import text
from tests.desks import act, act_all
from tests.servers import postgresql

from briefing.actions.admin.init import make_house
from briefing.actions.admin.metrics import exposition
from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.open_store import the_store
from briefing.actions.readers.import_list import import_list
from briefing.actions.readers.lists import export_list, list_counts
from briefing.actions.rendering.render import render_edition
from briefing.actions.schedule.upcoming import standing
from briefing.actions.sending.archive_ledgers import archive_ledgers
from briefing.actions.sending.send import begin_sending, send_edition
from briefing.actions.sending.steer_mailing import deliveries_as_csv
from briefing.clock import utc_now
from briefing.config import Config, load_config
from briefing.model.delivery import State
from briefing.store import Store

#: Small reads are asked so many times, and the median counts.
TIMES = 5


@dataclass
class Found:
    """What one step took."""

    name: str
    seconds: float
    #: Peak memory of the process that did it, in MB.
    peak: float
    #: A figure besides, in words.
    note: str = ""


@dataclass
class Run:
    """One house with so many readers, and the steps it has been through."""

    config: Config
    readers: int
    edition: str = ""

    def steps(self) -> list[tuple[str, Callable[[], str]]]:
        return [
            ("import the list", self.bring_in),
            ("import it again", self.bring_in),
            ("counts of the list", self.count_readers),
            ("export the list", self.export),
            ("freeze the readers", self.freeze),
            ("claim 500, at the start", self.claim),
            ("send all letters", self.send),
            ("look for 500, at the end", self.claim),
            ("counts of the mailing", self.count_letters),
            ("briefing status", self.status),
            ("/metrics", self.metrics),
            ("deliveries as CSV", self.deliveries),
            ("size of the database", self.size),
            ("archive the ledger", self.archive),
        ]

    def bring_in(self) -> str:
        path = self.config.home / "list.csv"
        done = act(import_list, self.config, "readers", path, actor="benchmark")
        assert done.added + done.there == self.readers
        return ""

    def count_readers(self) -> str:
        assert sum(act(list_counts, self.config, "readers").values()) == self.readers
        return ""

    def export(self) -> str:
        with open_desk(self.config) as desk:
            lines = export_list(desk, "readers", None)
            assert sum(piece.count("\n") for piece in lines) == self.readers + 1
        return ""

    def freeze(self) -> str:
        act(begin_sending, self.config, self.edition)
        return ""

    def claim(self) -> str:
        with self.store() as store:
            mailing = store.mailings.get(self.edition).number
            if store.database.is_sqlite:
                store.ledger(mailing).pending(0, 500)
            else:
                with store.shared_ledger(mailing, "benchmark", 60.0) as ledger:
                    ledger.pending(0, 500)
                    ledger.release()
        return ""

    def send(self) -> str:
        start = time.perf_counter()
        sent = act(send_edition, self.config, self.edition)
        assert sent.counts == {State.POSTED: self.readers}, sent
        return f"{self.readers / (time.perf_counter() - start):,.0f} letters/s"

    def count_letters(self) -> str:
        with self.store() as store:
            ledger = store.ledger(store.mailings.get(self.edition).number)
            assert sum(ledger.counts().values()) == self.readers
            ledger.doubtful()
        return ""

    def status(self) -> str:
        act(standing, self.config)
        return ""

    def metrics(self) -> str:
        with open_desk(self.config) as desk:
            exposition(desk, "")
        return ""

    def deliveries(self) -> str:
        lines = act_all(deliveries_as_csv, self.config, self.edition, None)
        assert sum(piece.count("\n") for piece in lines) == self.readers + 1
        return ""

    def size(self) -> str:
        with self.store() as store, store.database.read() as connection:
            asked = (
                "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
                if store.database.is_sqlite
                else "SELECT pg_database_size(current_database())"
            )
            return f"{connection.execute(text(asked)).scalar_one() / 1e6:,.0f} MB"

    def archive(self) -> str:
        (done,) = act_all(
            archive_ledgers, self.config, 31, clock=lambda: utc_now() + timedelta(days=40)
        )
        assert done.rows == self.readers
        return f"{done.file.stat().st_size / 1e6:,.0f} MB"

    def store(self) -> AbstractContextManager[Store]:
        return the_store(self.config, utc_now())


def house(folder: Path, url: str, port: int, readers: int) -> Run:
    """A house with a rendered edition and a list that is not imported yet."""
    make_house(folder)
    config = load_config(folder / "config.toml", settings(url, port))
    with (folder / "list.csv").open("w", encoding="utf-8") as file:
        file.write("email,name,tags\n")
        file.writelines(
            f"reader{number}@list{number % 997}.example.net,Reader {number},london\n"
            for number in range(readers)
        )
    (folder / "seeds" / "subscribers.csv").write_text("email,name,tags\n")
    run = Run(config, readers)
    run.edition = act(draft, config, "staggers").edition.id
    act(render_edition, config, run.edition)
    return run


def _measured(step: Callable[[], str], answer: Pipe) -> None:
    Path("/proc/self/clear_refs").write_text("5")  # the peak is ours, not our parent's
    start = time.perf_counter()
    note = step()
    seconds = time.perf_counter() - start
    status = Path("/proc/self/status").read_text()
    peak = int(status.partition("VmHWM:")[2].split()[0]) / 1000
    answer.send((seconds, peak, note))


def measured(name: str, step: Callable[[], str]) -> Found:
    """A step in a process of its own; short ones are repeated, and the quickest is taken."""
    fork = multiprocessing.get_context("fork")
    found: list[tuple[float, float, str]] = []
    while not found or (found[0][0] < 1 and len(found) < TIMES and is_read(name)):
        here, there = fork.Pipe(duplex=False)
        process = fork.Process(target=_measured, args=(step, there))
        process.start()
        there.close()
        found.append(here.recv())
        process.join()
    return Found(name, *min(found))


def is_read(name: str) -> bool:
    """True for what may be done again without changing anything."""
    return name.startswith(("counts", "claim", "look", "briefing status", "/metrics", "size"))


def walk(url: str, port: int, readers: int) -> list[Found]:
    with tempfile.TemporaryDirectory() as folder:
        run = house(Path(folder) / "house", url, port, readers)
        done = []
        for name, step in run.steps():
            done.append(measured(name, step))
            print(f"  {readers:>9,} {name}: {done[-1].seconds:.3f} s", flush=True)
        return done


def table(store: str, few: list[Found], many: list[Found], readers: int) -> None:
    head = f"{readers // 10:,}", f"{readers:,}"
    print(f"\n{store:<26}{head[0]:>12}{head[1]:>12}  growth  peak MB, few and many")
    for one, other in zip(few, many, strict=True):
        growth = other.seconds / one.seconds / 10
        note = f"  {one.note} → {other.note}" if other.note else ""
        if other.name.startswith("size"):
            print(f"{other.name:<26}{one.note:>12}{other.note:>12}")
        else:
            print(
                f"{other.name:<26}{one.seconds:>10.3f} s{other.seconds:>10.3f} s  {growth:>5.2f}  "
                f"{one.peak:>6.0f} {other.peak:>6.0f}{note}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--readers", type=int, default=1_000_000)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    with sink() as receiver, postgresql.running(postgresql.DURABLE) as server:
        for store in ("SQLite", "PostgreSQL"):
            if asked.only not in ("", store):
                continue
            found = []
            for readers in (asked.readers // 10, asked.readers):
                with database(store, server) as url:
                    found.append(walk(url, receiver.port, readers))
            table(store, *found, asked.readers)


if __name__ == "__main__":
    main()
