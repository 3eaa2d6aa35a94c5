"""Rows a second of an import, against bare parsing and bare inserting of the same rows, same run.

Usage: `benchmarks/import.py [--rows N]`, 1,000,000 when left out. Each measurement is a process of
its own, so that each tells its own peak of memory. The rows are made up; nobody lives there.
"""

import argparse
import csv
import multiprocessing
import random
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from briefing.config import load_config
from briefing.desk.init import make_house
from briefing.desk.readers import import_list
from briefing.store import open_store

FIRST = ("ada", "Bashir", "chloe", "Dmitri", "elena", "femi", "Grace", "hana", "idris", "jo")
LAST = ("finch", "Okafor", "quill", "hale", "Marsh", "doyle", "castell", "Yilmaz", "novak", "rao")
TAGS = ("", "founder", "london;press", "lords", "north; unions", "trial")
Measured = tuple[float, float, int]


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


def our_import(folder: Path, report: Path | None = None) -> int:
    config = load_config(folder / "config.toml")
    store = open_store(
        f"sqlite:///{folder}/var/briefing.db",
        backups=folder,
        key=b"k" * 32,
        now=datetime.now(UTC),
    )
    done = import_list(
        store, config, "readers", folder / "list.csv", now=1.0, actor="benchmark", report=report
    )
    store.close()
    return done.added + done.there


def our_report(folder: Path) -> int:
    return our_import(folder, folder / "report.csv")


def bare_parse(folder: Path) -> int:
    with (folder / "list.csv").open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def bare_insert(folder: Path) -> int:
    """What the machine can do: one table with the same key, one transaction, no checks at all."""
    with (
        (folder / "list.csv").open(encoding="utf-8", newline="") as file,
        closing(sqlite3.connect(folder / "bare.db")) as bare,
    ):
        bare.execute("PRAGMA journal_mode = WAL")
        bare.execute("CREATE TABLE readers (name TEXT, email TEXT UNIQUE, tags TEXT)")
        with bare:
            done = bare.executemany("INSERT INTO readers VALUES (?, ?, ?)", csv.reader(file))
        return done.rowcount - 1


def _measured(work: Callable[[Path], int], folder: Path, answer: object) -> None:
    start = time.perf_counter()
    rows = work(folder)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.send((seconds, peak, rows))  # type: ignore[attr-defined]


def measure(work: Callable[[Path], int], folder: Path) -> Measured:
    """Seconds, peak memory in MB and rows, in a fresh process."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_measured, args=(work, folder, there))
    process.start()
    found: Measured = here.recv()
    process.join()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_house(folder)
        write_list(folder / "list.csv", rows)
        kinds = {
            "csv.reader alone": bare_parse,
            "and sqlite3.executemany": bare_insert,
            "import": our_import,
            "import again": our_report,
        }
        measured = {title: measure(work, folder) for title, work in kinds.items()}
        print(f"{'':<24} {'seconds':>8} {'rows/s':>10} {'peak MB':>8} {'ratio to bare insert':>21}")
        bare = measured["and sqlite3.executemany"][0]
        for title, (seconds, peak, done) in measured.items():
            if done != rows:
                raise SystemExit(f"{title}: {done} rows of {rows}")
            print(
                f"{title:<24} {seconds:>8.2f} {rows / seconds:>10,.0f} {peak:>8.0f} "
                f"{bare / seconds:>21.2f}"
            )


if __name__ == "__main__":
    main()
