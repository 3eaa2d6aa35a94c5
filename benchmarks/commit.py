"""What the ledger's commit over SQLite takes: by SQLAlchemy, by its driver, and the bare statements.

Usage: `python -m benchmarks.commit [--commits N]`.

A commit writes down what became of so many letters and claims as many. The three take turns over one
file on this disk, at `synchronous = FULL`; what is printed are medians: microseconds of CPU a commit.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.send import house
from tests.desks import act

from briefing.actions.open_store import the_store
from briefing.actions.sending.send import begin_sending
from briefing.clock import utc_now
from briefing.model.delivery import Delivery, Outcome, State
from briefing.store.deliveries.ledger import Ledger
from briefing.store.deliveries.sqlite_ledger import SqliteLedger
from briefing.store.engine.database import Database

SIZES = (1, 2, 8, 32)
Commit = Callable[[Sequence[int], Sequence[Outcome]], object]


def posted(reader: int) -> Outcome:
    said = "250 2.0.0 Ok: queued as 4X2z3Y"
    delivery = Delivery(recipient="r@example.net", state=State.POSTED, detail=said)
    return Outcome(reader=reader, delivery=delivery)


def bare(database: Database, mailing: int) -> Commit:
    """The least that can be done: a letter at a time, no condition, on a connection kept open."""
    driver = database.engine.raw_connection().driver_connection
    assert driver is not None
    which = f"WHERE mailing = {mailing} AND subscriber = ?"

    def commit(intents: Sequence[int], outcomes: Sequence[Outcome]) -> None:
        driver.execute("BEGIN IMMEDIATE")
        told = [(outcome.delivery.detail, outcome.reader) for outcome in outcomes]
        driver.executemany(f"UPDATE deliveries SET state = 'posted', reply = ? {which}", told)
        claimed = [(reader,) for reader in intents]
        driver.executemany(
            f"UPDATE deliveries SET state = 'posting', tries = tries + 1 {which}", claimed
        )
        driver.execute("COMMIT")

    return commit


def microseconds(commit: Commit, readers: Iterator[int], size: int, commits: int) -> float:
    last: list[int] = []
    start = time.process_time()
    for _ in range(commits):
        intents = [next(readers) for _ in range(size)]
        commit(intents, [posted(reader) for reader in last])
        last = intents
    return (time.process_time() - start) / commits * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--commits", type=int, default=50, help="in a row, of each kind")
    asked = parser.parse_args()
    rounds = 5
    needed = sum(SIZES) * asked.commits * rounds * 3
    with tempfile.TemporaryDirectory() as folder:
        config, edition, _ = house(Path(folder) / "house", "", 25, needed, signed=False)
        act(begin_sending, config, edition)
        with the_store(config, utc_now()) as store:
            number = store.mailings.get(edition).number
            general, file = (
                kind(store.database, number, store.bounces, store.departures)
                for kind in (Ledger, SqliteLedger)
            )
            kinds: dict[str, Commit] = {
                "SQLAlchemy": lambda intents, outcomes: general.commit(intents, outcomes, 1.0),
                "driver": lambda intents, outcomes: file.commit(intents, outcomes, 1.0),
                "bare": bare(store.database, number),
            }
            readers = iter([one.reader.id for one in general.pending(0, needed)])
            print(f"letters  {'  '.join(f'{name:>13}' for name in kinds)}  driver / bare")
            for size in SIZES:
                found: dict[str, list[float]] = {name: [] for name in kinds}
                for _ in range(rounds):
                    for name, commit in kinds.items():
                        found[name].append(microseconds(commit, readers, size, asked.commits))
                best = {name: statistics.median(times) for name, times in found.items()}
                cells = "  ".join(f"{best[name]:>10,.0f} µs" for name in kinds)
                print(f"{size:>7}  {cells}  {best['driver'] / best['bare']:>13.1f}")


if __name__ == "__main__":
    main()
