"""One page: how sending and the store stand against an earlier commit, all in turns on one machine.

Usage: `python -m benchmarks.page EARLIER [--readers N] [--letters N] [--rounds N] [--only STORE]`, EARLIER
being a checkout with its own `.venv` (`git worktree add ../base 41448ee`). Needs what `benchmarks.send` and
`benchmarks.million` need, and takes some minutes a round. `--letters 0` measures the steps alone, `--readers
0` the letters a second alone, and `--only SQLite` neither of them over PostgreSQL.

Every line is measured in both checkouts, one right after the other; what is printed are medians of the
rounds and of the ratios of neighbours. `must` is what issue 27 asks for: of letters, the ratio to
`smtp-source` here; of the rest, our time or CPU over the earlier commit's.
"""

import argparse
import csv
import re
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

_STORES = ["SQLite", "PostgreSQL"]
#: The steps of `benchmarks.million` over the databases that are named.
_WALK = """
import sys
import benchmarks.million as million
from benchmarks.send import database, sink
from tests.servers import postgresql
readers, stores = int(sys.argv[1]), sys.argv[2:]
with sink() as receiver, postgresql.running(postgresql.DURABLE) as server:
    for store in stores:
        with database(store, server) as url:
            for found in million.walk(url, receiver.port, readers):
                print(f"FOUND|{store}|{found.name}|{found.seconds}|{found.peak}")
"""
_LETTERS = re.compile(
    r"(sink|Postfix) +(SQLite|PostgreSQL) +(\d) +(unsigned|RSA-2048) +[\d,]+ +[\d,]+ +([\d.]+) "
    r".*?([\d.]+) +([\d,]+) µs"
)
#: Of `smtp-source`, or of what is possible where letters are signed.
_MUST_SEND = {("sink", "PostgreSQL", "unsigned"): 0.85, ("Postfix", "SQLite", "unsigned"): 0.90}
_MUST_SIGN = {"SQLite": 0.93, "PostgreSQL": 0.85}
#: Of the earlier commit's time.
_MUST_STEP = {
    ("SQLite", "send all letters"): 0.80,
    ("PostgreSQL", "send all letters"): 0.65,
    ("PostgreSQL", "freeze the readers"): 0.40,
    ("SQLite", "export the list"): 0.50,
    ("PostgreSQL", "export the list"): 0.50,
    ("SQLite", "deliveries as CSV"): 0.50,
    ("PostgreSQL", "deliveries as CSV"): 0.50,
}


@dataclass
class Line:
    """One line of the page: what was found then and now, a figure a round."""

    name: str
    unit: str
    then: list[float] = field(default_factory=list)
    now: list[float] = field(default_factory=list)
    must: str = ""

    def __str__(self) -> str:
        then, now = statistics.median(self.then), statistics.median(self.now)
        ratio = statistics.median(
            after / before for before, after in zip(self.then, self.now, strict=True)
        )
        return f"{self.name:<46}{then:>10,.2f} {now:>10,.2f} {self.unit:<18}{ratio:>6.2f}   {self.must}"


def ran(checkout: Path, *arguments: str) -> str:
    """What a program of a checkout prints."""
    done = subprocess.run(
        [str(checkout / ".venv" / "bin" / "python"), *arguments],
        cwd=checkout,
        env={
            "PYTHONPATH": str(checkout),
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{checkout}: {' '.join(arguments)[:200]}\n{done.stderr[-2_000:]}")
    return done.stdout


def letters(checkout: Path, count: int, stores: list[str]) -> Iterable[tuple[Line, float]]:
    """Ratios and CPU of `benchmarks.send`, one round."""
    said = ("--readers", str(count), "--rounds", "1", "--only")
    printed = "".join(ran(checkout, "-m", "benchmarks.send", *said, store) for store in stores)
    for found in _LETTERS.finditer(printed):
        receiver, store, senders, how, ratio, possible, cpu = found.groups()
        name = f"{receiver}, {store}, {senders} sender{'s' * (senders != '1')}, {how}"
        of, must = float(ratio), _MUST_SEND.get((receiver, store, how))
        if how == "RSA-2048":
            of, must = of / float(possible), _MUST_SIGN[store]
        asked = (
            f"{must:.2f} of {'possible' if how == 'RSA-2048' else 'smtp-source'}" if must else ""
        )
        yield Line(name, "of the limit", must=asked), of
        yield Line(f"{name}, our CPU", "µs a letter"), float(cpu.replace(",", ""))


def steps(checkout: Path, readers: int, stores: list[str]) -> Iterable[tuple[Line, float]]:
    """Times and peaks of `benchmarks.million`, with so many readers."""
    for line in ran(checkout, "-c", _WALK, str(readers), *stores).splitlines():
        if not line.startswith("FOUND|"):
            continue
        _, store, name, seconds, peak = line.split("|")
        must = _MUST_STEP.get((store, name))
        asked = f"{must:.2f} of the time then" if must else ""
        if not name.startswith("size"):
            yield Line(f"{store}: {name}", "s", must=asked), float(seconds)
        if name == "send all letters":
            yield Line(f"{store}: {name}, peak", "MB"), float(peak)


def bare_import(readers: int) -> float:
    """Seconds in which SQLite puts as many rows of a CSV file into one table without an index."""
    with tempfile.TemporaryDirectory() as folder:
        file, base = Path(folder) / "list.csv", Path(folder) / "bare.db"
        with file.open("w", encoding="utf-8", newline="") as list_file:
            rows = (
                (f"reader{n}@list{n % 997}.example.net", f"Reader {n}", "london")
                for n in range(readers)
            )
            csv.writer(list_file).writerows(rows)
        with sqlite3.connect(base) as made:
            made.execute("CREATE TABLE bare (email TEXT, name TEXT, tags TEXT)")
        begun = time.perf_counter()
        subprocess.run(["sqlite3", "-csv", str(base), f".import {file} bare"], check=True)
        return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("earlier", type=Path)
    parser.add_argument(
        "--readers", type=int, default=100_000, help="of the steps; 0 leaves them out"
    )
    parser.add_argument("--letters", type=int, default=10_000, help="of a row; 0 leaves them out")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=_STORES, help="the one database that is measured")
    asked = parser.parse_args()
    stores = [asked.only] if asked.only else _STORES
    here, page = Path.cwd(), dict[str, Line]()
    for turn in range(asked.rounds):
        sides = [(asked.earlier.resolve(), "then"), (here, "now")]
        for checkout, when in sides if turn % 2 else reversed(sides):
            found = [*letters(checkout, asked.letters, stores)] if asked.letters else []
            found += [*steps(checkout, asked.readers, stores)] if asked.readers else []
            for line, figure in found:
                getattr(page.setdefault(line.name, line), when).append(figure)
        print(f"round {turn + 1} of {asked.rounds} is done", flush=True)
    print(f"\n{'':<46}{'then':>10} {'now':>10} {'':<18}{'ratio':>6}   must")
    for line in page.values():
        print(line if line.then and line.now else f"{line.name}: only on one side")
    if asked.readers and "SQLite" in stores:
        bare = statistics.median(bare_import(asked.readers) for _ in range(asked.rounds))
        ours = statistics.median(page["SQLite: import the list"].now)
        name, unit = "SQLite: import, `sqlite3 .import` and ours", "s"
        print(Line(name, unit, [bare], [ours], must="4.00 of SQLite's own"))


if __name__ == "__main__":
    main()
