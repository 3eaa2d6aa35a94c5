"""What readers wait for at the public pages, quiet and while a mailing leaves: p50, p99, errors; letters a second.

Usage: `python -m benchmarks.load [EARLIER] [--readers N] [--asks N] [--at-once N] [--rounds N]`. EARLIER is a
checkout of another commit with its own `.venv`: then the two take turns, and letters a second, with as many
asks in each mailing, are set against the same of that commit. Pages, sender, receiver and the readers who ask
are processes of their own that share the machine's cores; what a busy machine slows is slowed in all rows, so
compare rows of one run. "one click" is the POST of RFC 8058 by the links of that many different readers, none
of whom has had a letter yet while the mailing leaves.
"""

import argparse
import asyncio
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from briefing.model.mark import Marking
from briefing.store import signing_keys
from briefing.subscribers.tokens import sign

ROOT = Path(__file__).parents[1]
HERE = Path(sys.executable)
Ask = tuple[str, str]


class Run(NamedTuple):
    """What one mailing showed."""

    #: p99 of one click while it left, over the same when quiet.
    waited: float
    letters: int
    #: Letters a second, from the first to the last.
    rate: float


def briefing(python: Path, folder: Path, *arguments: str) -> str:
    """What a command of that checkout says."""
    return subprocess.run(
        [python, "-m", "briefing", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@contextmanager
def receiving(log: Path) -> Iterator[int]:
    """A mail server in a process of its own; its port."""
    command = (HERE, ROOT / "tests" / "faults" / "relay.py", "--port", "0", "--log", log)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(re.findall(r"\d+", process.stdout.readline())[-1])
        finally:
            process.terminate()


def house(python: Path, folder: Path, readers: int, port: int) -> list[str]:
    """A house with a rendered edition; the paths of one click, of whoever leaves last first."""
    briefing(python, folder.parent, "init", str(folder))
    rows = "".join(f"reader{number}@example.org,Reader\n" for number in range(readers))
    (folder / "seeds" / "subscribers.csv").write_text(f"email,name\n{rows}")
    os.environ |= {
        "BRIEFING_SEND__TRANSPORT": "smtp",
        "BRIEFING_SEND__SMTP__HOST": "127.0.0.1",
        "BRIEFING_SEND__SMTP__PORT": str(port),
        "BRIEFING_SEND__SMTP__SECURITY": "none",
        "BRIEFING_DESK__LISTEN": '""',
    }
    briefing(python, folder, "subscribers", "import", "seeds/subscribers.csv")
    briefing(python, folder, "draft")
    briefing(python, folder, "render")
    (edition,) = (path.name for path in (folder / "var" / "editions").iterdir())
    key = signing_keys(folder / "var")
    marking = Marking(key[-1])
    with closing(sqlite3.connect(folder / "var" / "briefing.db")) as database:
        found = database.execute("SELECT ref, email FROM subscribers ORDER BY id DESC").fetchall()
    links = []
    for ref, email in found:
        claims = {"edition": edition, "reader": ref, "mark": marking.reader("readers", email)}
        links.append(f"/unsubscribe/{sign('unsubscribe', claims, key[0])}")
    return links


@contextmanager
def serving(python: Path, folder: Path) -> Iterator[int]:
    """The pages' port."""
    command = (python, "-m", "briefing", "serve", "--port", "0")
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        while not (found := re.search(r"Serving \S+ on \S+:(\d+);", (folder / "log").read_text())):
            time.sleep(0.1)
        yield int(found[1])
    finally:
        process.terminate()
        process.wait()


async def ask(port: int, method: str, path: str, limit: asyncio.Semaphore) -> tuple[float, bool]:
    """Seconds, and whether it was answered with 200."""
    async with limit:
        began = time.perf_counter()
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            writer.write(f"{head}Content-Length: 0\r\n\r\n".encode())
            answer = await reader.read()
            writer.close()
        except OSError:
            answer = b""
        return time.perf_counter() - began, answer.startswith(b"HTTP/1.1 200")


def measured(name: str, port: int, asks: list[Ask], at_once: int) -> float:
    """Print a row; its p99 in milliseconds."""

    async def run() -> list[tuple[float, bool]]:
        limit = asyncio.Semaphore(at_once)
        return await asyncio.gather(*(ask(port, *one, limit) for one in asks))

    began = time.perf_counter()
    found = asyncio.run(run())
    seconds = sorted(took * 1_000 for took, _ in found)
    p99 = statistics.quantiles(seconds, n=100)[98]
    errors = sum(not good for _, good in found)
    rate = len(found) / (time.perf_counter() - began)
    print(
        f"{name:<28} {len(found):>6,} {at_once:>4} {rate:>7.0f}/s {statistics.median(seconds):>8.0f} "
        f"{p99:>8.0f} {seconds[-1]:>8.0f} {errors:>6}",
        flush=True,
    )
    return p99


def measure(python: Path, folder: Path, asked: argparse.Namespace) -> Run:
    """Print the rows of one house of that checkout."""
    log = folder.with_suffix(".jsonl")
    with receiving(log) as relay:
        links = house(python, folder, asked.readers, relay)
        print(
            f"{'':<28} {'asks':>6} {'':>4} {'':>9} {'p50 ms':>8} {'p99 ms':>8} {'max ms':>8} errors"
        )
        with serving(python, folder) as port:
            archive = [("GET", "/archive")] * asked.asks
            clicks = [("POST", link) for link in links[: 2 * asked.asks]]
            measured("archive, quiet", port, archive, 4 * asked.at_once)
            quiet = measured("one click, quiet", port, clicks[: asked.asks], asked.at_once)
            command = (python, "-m", "briefing", "send")
            with (
                (folder / "send.log").open("w") as quiet_log,
                subprocess.Popen(command, cwd=folder, stdout=quiet_log, stderr=quiet_log) as sender,
            ):
                while not (log.exists() and log.stat().st_size):
                    time.sleep(0.05)
                busy = measured("one click, sending", port, clicks[asked.asks :], asked.at_once)
                measured("archive, sending", port, archive, 4 * asked.at_once)
                went_on = sender.poll() is None
    taken = [json.loads(line) for line in log.read_text().splitlines()]
    rate = len(taken) / (taken[-1]["at"] - taken[0]["at"])
    letters = len({one["recipient"] for one in taken})
    print(f"letters: {letters:,}, {rate:,.0f} a second; they went on to the end: {went_on}")
    print(f"p99 of one click, sending over quiet: {busy / quiet:.2f}\n", flush=True)
    return Run(busy / quiet, letters, rate)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("earlier", nargs="?", type=Path)
    parser.add_argument("--readers", type=int, default=20_000)
    parser.add_argument("--asks", type=int, default=1_000)
    parser.add_argument("--at-once", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    pythons = {"here": HERE}
    if asked.earlier:
        pythons["earlier"] = asked.earlier.resolve() / ".venv" / "bin" / "python"
    runs: dict[str, list[Run]] = {name: [] for name in pythons}
    for number in range(asked.rounds):
        for name, python in pythons.items():
            with tempfile.TemporaryDirectory() as kept:
                print(f"== {name}, round {number + 1}")
                runs[name].append(measure(python, Path(kept) / "house", asked))
    waited = statistics.median(run.waited for run in runs["here"])
    print(f"p99 of one click, sending over quiet, median: {waited:.2f}")
    stayed = asked.readers - 2 * asked.asks
    print(f"letters: {runs['here'][0].letters:,}; readers who did not leave: {stayed:,}")
    if asked.earlier:
        pairs = zip(runs["here"], runs["earlier"], strict=True)
        ratio = statistics.median(mine.rate / its.rate for mine, its in pairs)
        print(f"letters a second, of the earlier commit's: {ratio:.2f}")


if __name__ == "__main__":
    main()
