"""A power cut at any moment: the database is whole, and no acknowledged commit is gone.

The ledger's own commits run on a SQLite whose every write and sync is recorded, through apsw's VFS
under the project's own engine. Then disks are made up as a power cut would leave them: what was
synced is there; of what was not, any part may be, torn at the boundaries of sectors. The model is
that of SQLite's own crash tests: a disk that keeps what it says it has kept.
"""

import os
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest
from sqlalchemy import event
from tests.quick_files import durable_files

from briefing.model.delivery import Bounce, Delivery, Outcome, State
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.mark import Marking
from briefing.store.deliveries.bounce_rules import BounceRules
from briefing.store.deliveries.bounces import BounceLog
from briefing.store.deliveries.mailings import Mailings
from briefing.store.deliveries.sqlite_ledger import SqliteLedger
from briefing.store.departures import Book, Departures
from briefing.store.engine.database import Database
from briefing.store.readers.subscriber_rows import ListRow
from briefing.store.readers.subscribers import Subscribers
from briefing.store.upkeep.migrate import upgrade

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
READERS, COMMITS, SECTOR = 200, 120, 512
GONE = -1
LOOK = (
    "SELECT mailing, subscriber, state, doubtful, tries, at, due, reply FROM deliveries "
    "UNION ALL SELECT mailing, subscriber, state, 0, id, at, 0, reply FROM tries "
    "UNION ALL SELECT 0, id, standing, 0, 0, since, 0, '' FROM subscribers "
    "ORDER BY 1, 2, 3, 4, 5, 6, 7, 8"
)


@dataclass(frozen=True)
class Step:
    """One thing that was asked of the disk; `content` is None for a sync, a size for a cut, GONE for no file."""

    file: str
    offset: int = 0
    content: bytes | int | None = None


@dataclass
class Tape:
    """Everything asked of the disk, and what had been acknowledged after how much of it."""

    steps: list[Step] = field(default_factory=list)
    #: How many steps there were when a commit was acknowledged, and what was then to be seen.
    acknowledged: list[tuple[int, str]] = field(default_factory=list)


class RecordedFile(apsw.VFSFile):
    def __init__(self, name, flags, tape):
        super().__init__("", name, flags)
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        self._tape, self._name = tape, Path(path).name

    def xWrite(self, data, offset):  # noqa: N802 - SQLite's word
        self._tape.steps.append(Step(self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size):  # noqa: N802
        self._tape.steps.append(Step(self._name, 0, size))
        super().xTruncate(size)

    def xSync(self, flags):  # noqa: N802
        # The tape is the disk whose power is cut. This machine's need not be waited for.
        self._tape.steps.append(Step(self._name))


class RecordedDisk(apsw.VFS):
    def __init__(self, tape):
        self._tape = tape
        self.title = f"recorded-{id(tape)}"
        super().__init__(self.title, "")

    def xOpen(self, name, flags):  # noqa: N802
        return RecordedFile(name, flags, self._tape)

    def xDelete(self, name, syncdir):  # noqa: N802
        self._tape.steps.append(Step(Path(name).name, 0, GONE))
        super().xDelete(name, syncdir)


class Cursor:
    """As much of the DB-API as SQLAlchemy asks of a cursor."""

    arraysize, lastrowid = 1, None

    def __init__(self, connection):
        self._connection, self._rows = connection, []
        self.description, self.rowcount = None, -1

    def execute(self, sql, values=()):
        cursor, before = self._connection.cursor(), self._connection.total_changes()
        # Once a statement has run to its end, apsw does not tell its columns any more.
        cursor.exec_trace = self._describe
        cursor.execute(sql, tuple(values))
        self._rows = cursor.fetchall()
        self.rowcount = self._connection.total_changes() - before
        return self

    def executemany(self, sql, rows):
        before = self._connection.total_changes()
        self._connection.cursor().executemany(sql, [tuple(row) for row in rows])
        self.description, self.rowcount = None, self._connection.total_changes() - before

    def _describe(self, cursor, _sql, _values):
        self.description = [(name, *[None] * 6) for name, _ in cursor.get_description()] or None
        return True

    def fetchone(self):
        return self._rows.pop(0) if self._rows else None

    def fetchall(self):
        rows, self._rows = self._rows, []
        return rows

    def fetchmany(self, size=1):
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    def close(self):
        self._rows = []


class Connection:
    """As much of the DB-API as SQLAlchemy asks of a connection."""

    isolation_level = None

    def __init__(self, path, disk):
        self._connection = apsw.Connection(str(path), vfs=disk)
        # apsw's files have no shared memory; without other programs, SQLite needs none for WAL.
        self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")

    def cursor(self):
        return Cursor(self._connection)

    def execute(self, sql):
        return self.cursor().execute(sql)

    def create_function(self, *_, **__):
        """SQLAlchemy brings REGEXP, which nothing here uses."""

    def commit(self):
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")

    def rollback(self):
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def close(self):
        self._connection.close()


@pytest.fixture(autouse=True)
def files_that_wait_for_the_recorded_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with durable_files():
        monkeypatch.setattr(os, "fsync", lambda _: None)
        yield


@contextmanager
def recorded(folder: Path, tape: Tape, synchronous: str) -> Iterator[Database]:
    """The project's database on the recorded disk."""
    disk = RecordedDisk(tape)
    database = Database(f"sqlite:///{folder}/desk.db")

    @event.listens_for(database.engine, "do_connect")
    def connect(*_):
        return Connection(folder / "desk.db", disk.title)

    @event.listens_for(database.engine, "connect")
    def prepare(connection, _):
        # Often enough that many cuts fall into moving the journal into the database.
        connection.execute("PRAGMA wal_autocheckpoint = 60")
        if synchronous != "FULL":
            connection.execute(f"PRAGMA synchronous = {synchronous}")

    yield database
    database.close()
    disk.unregister()


def book_of(database: Database, folder: Path) -> Departures:
    departures = Departures(database, Book(folder / "departures.log"), Marking(b"k" * 32))
    departures.open()
    return departures


def run(folder: Path, synchronous: str) -> Tape:
    """Commits of a ledger, as the posting loop makes them."""
    tape, chance = Tape(), random.Random(11)
    with recorded(folder, tape, synchronous) as database:
        upgrade(database, folder, NOW)
        departures = book_of(database, folder)
        subscribers = Subscribers(database, departures)
        emails = [f"r{number}@example.org" for number in range(READERS)]
        entries = [ListRow(email=email, key=email) for email in emails]
        subscribers.add_many("readers", entries, cause="", actor="", now=1.0)
        nothing = Email(
            edition_id="e", template="", subject="", preheader="", html="", text="", nonce=""
        )
        issue = Edition(id="e", briefing="b", title="t", slot=NOW, items=())
        number = Mailings(database).freeze(issue, nothing, "readers", 1.0).number
        ledger = SqliteLedger(
            database, number, BounceLog(database, subscribers, BounceRules()), departures
        )
        acknowledge(database, tape)
        posting: list[int] = []
        for count in range(COMMITS):
            now = float(count)
            waiting = [*ledger.due(now, 8), *ledger.pending(0, 8)]
            intents = [turn.reader.id for turn in waiting[: chance.randint(1, 4)]]
            ended = [outcome(reader, now, chance) for reader in posting]
            posting = sorted(ledger.commit(intents, ended, now) or ())
            acknowledge(database, tape)
            if count % 40 == 39:
                ledger.recover(now)
                posting = []
                acknowledge(database, tape)
    return tape


def outcome(reader: int, now: float, chance: random.Random) -> Outcome:
    state = chance.choice([State.POSTED, State.POSTED, State.DEFERRED, State.BOUNCED])
    said = Delivery(recipient="", state=state, detail="x" * chance.randint(10, 300))
    due = now + 20 if state is State.DEFERRED else None
    bounce = Bounce.HARD if state is State.BOUNCED else None
    return Outcome(reader=reader, delivery=said, due=due, bounce=bounce)


def acknowledge(database: Database, tape: Tape) -> None:
    with database.read() as connection:
        seen = repr(list(map(tuple, connection.exec_driver_sql(LOOK).all())))
    tape.acknowledged.append((len(tape.steps), seen))


def after_cuts(
    tape: Tape, cuts: list[int], chance: random.Random
) -> Iterator[tuple[int, dict[str, bytes]]]:
    """Each cut, the earliest first, and the files as a power cut after so many steps may leave them."""
    sure: dict[str, bytearray] = {}
    waiting: dict[str, list[Step]] = {}
    before = 0
    for cut in sorted(cuts):
        for step in tape.steps[before:cut]:
            if step.content == GONE:
                sure.pop(step.file, None)
                waiting.pop(step.file, None)
            elif step.content is not None:
                waiting.setdefault(step.file, []).append(step)
            else:
                for one in waiting.pop(step.file, ()):
                    put(sure.setdefault(step.file, bytearray()), one, None)
        before = cut
        files = {name: bytearray(content) for name, content in sure.items()}
        for name, steps in waiting.items():
            for one in steps:
                put(files.setdefault(name, bytearray()), one, chance)
        yield cut, {name: bytes(file) for name, file in files.items()}


def put(file: bytearray, step: Step, chance: random.Random | None) -> None:
    """Do to a file what was asked for; by chance, only parts of it."""
    if isinstance(step.content, bytes):
        whole = [(step.offset, step.content)]
        for offset, part in sectors(step.offset, step.content) if chance else whole:
            if chance is None or chance.random() < 0.5:
                file.extend(bytes(max(0, offset - len(file))))
                file[offset : offset + len(part)] = part
    elif chance is None or chance.random() < 0.5:
        del file[step.content :]


def sectors(offset: int, content: bytes) -> Iterator[tuple[int, bytes]]:
    """A write in the pieces in which a disk may tear it."""
    end = offset + len(content)
    while offset < end:
        stop = min(end, (offset // SECTOR + 1) * SECTOR)
        yield offset, content[len(content) - (end - offset) : len(content) - (end - stop)]
        offset = stop


def verdict(folder: Path, files: dict[str, bytes], tape: Tape, cut: int) -> str:
    """What became of the commits: "whole", "lost", "mixed" or "corrupt"."""
    for old in folder.iterdir():
        old.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    try:
        with closing(sqlite3.connect(folder / "desk.db")) as image:
            image.execute("PRAGMA synchronous = OFF")
            if image.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return "corrupt"
            if image.execute("PRAGMA foreign_key_check").fetchall():
                return "corrupt"
            seen = repr(image.execute(LOOK).fetchall())
    except sqlite3.DatabaseError:
        return "corrupt"
    states = [state for _, state in tape.acknowledged]
    if seen not in states:
        return "mixed"
    surely = sum(at <= cut for at, _ in tape.acknowledged)
    # The commit under way when the power went may be there as well.
    return "whole" if seen in states[surely - 1 : surely + 1] else "lost"


def verdicts(tmp_path: Path, synchronous: str, images: int) -> Counter[str]:
    disk, folder = tmp_path / "disk", tmp_path / "image"
    disk.mkdir()
    folder.mkdir()
    tape, chance = run(disk, synchronous), random.Random(23)
    first = tape.acknowledged[0][0]
    assert len(tape.acknowledged) > COMMITS
    cuts = [chance.randint(first, len(tape.steps)) for _ in range(images)]
    after = after_cuts(tape, cuts, chance)
    return Counter(verdict(folder, files, tape, cut) for cut, files in after)


def test_250_power_cuts_corrupt_nothing_and_lose_no_acknowledged_commit(tmp_path):
    assert verdicts(tmp_path, "FULL", 250) == {"whole": 250}


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_with_less_than_full_the_same_cuts_do_lose_commits(tmp_path, synchronous):
    """The control: what looks for losses here does find them."""
    assert verdicts(tmp_path, synchronous, 50)["whole"] < 40
