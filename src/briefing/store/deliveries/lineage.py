"""Which server's history this is: what a failover to a lagging standby takes back is found again.

PostgreSQL counts timelines: each promotion of a standby begins one, and what the old primary had
acknowledged and the standby had not received is gone. Nothing in the new database tells. So the
database keeps the timeline that it was told of (`house`, `lineage`), no letter leaves while it is
another than the server's own, and each machine keeps which letters it was granted (`WireLog`).
"""

import secrets
from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, text

from briefing.errors import StoreError
from briefing.model.delivery import State
from briefing.model.mailing import MailingStatus
from briefing.store.deliveries.ledger_sql import TIMELINE
from briefing.store.engine.atomic_write import private_folder, write_whole
from briefing.store.engine.database import Database

#: Seconds that traces are kept, and that a mailing which begins after a failover waits for a person.
_KEPT, _CAREFUL = 14 * 86_400.0, 3_600.0
_HERE = text(f"SELECT (SELECT system_identifier FROM pg_control_system()) || '/' || {TIMELINE}")  # noqa: S608
_KNOWN = text("SELECT value FROM house WHERE name = 'lineage'")
_SINCE = text("SELECT value FROM house WHERE name = 'failed over'")
_NOTE = text(
    "INSERT INTO house (name, value) VALUES (:name, :value) "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
_PAUSE = text(
    f"UPDATE mailings SET status = '{MailingStatus.PAUSED.value}', reason = :why "  # noqa: S608
    f"WHERE status = '{MailingStatus.SENDING.value}' AND (:edition = '' OR edition = :edition)"
)
#: Who may have a letter twice gets no third; who may have one waits for a person.
_IN_DOUBT = text(f"""
    UPDATE deliveries d SET tries = o.tries, doubtful = true, due = NULL, worker = NULL,
        lease = NULL, reply = :why, state = CASE WHEN o.copies > 1
        THEN '{State.POSTED.value}' ELSE '{State.IN_DOUBT.value}' END
    FROM unnest(CAST(:readers AS int[]), CAST(:tries AS int[]), CAST(:copies AS int[]))
        AS o(reader, tries, copies), mailings m
    WHERE m.edition = :edition AND d.mailing = m.number AND d.subscriber = o.reader
        AND d.tries < o.tries AND o.copies > 0
""")  # noqa: S608
_LOST = "the database forgot this letter in a failover; it was granted before"
_PAUSED = (
    "the database failed over (timeline {here}): what the server before it had acknowledged last may "
    "be lost. Letters that a machine knows to have left are in doubt; when each sending machine has "
    "run once, `briefing resume` lets the rest leave"
)
_FOUND = (
    "the database failed over: {count:,} letters that left from this machine were not known to it and "
    "are in doubt now; `briefing resume` lets the rest leave"
)
_OLDER = (
    "this server is older (timeline {here}) than one that this machine has seen: two may be writing. "
    "Stop the one that is not to be, then `briefing resume`"
)
_BEGUN = (
    "it began within an hour of a failover, which may have forgotten that it had left before; look, "
    "then `briefing resume`"
)


class WireLog:
    """The letters of one mailing that may have left from this machine, outside the database.

    A line a commit, in one write: readers whose letter may leave, and `-reader` for a try that left
    nothing behind. It is not forced to the disk: it is for a database that forgets, not for a power
    cut of this machine in the same minute.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, granted: Collection[int], failed: Collection[int]) -> None:
        """Keep what is about to leave, and what has come to nothing.

        Raises:
            StoreError: when it cannot be written; then nothing may leave.
        """
        if granted or failed:
            words = (*map(str, sorted(granted)), *(f"-{reader}" for reader in failed))
            try:
                with self._path.open("ab", buffering=0) as file:
                    file.write((" ".join(words) + "\n").encode())
            except OSError as error:
                raise StoreError(f"{self._path} cannot be written: {error.strerror}.") from error


def _read(path: Path) -> tuple[Counter[int], Counter[int]]:
    """How often each reader's letter was to leave, and how often it came to nothing."""
    granted: Counter[int] = Counter()
    failed: Counter[int] = Counter()
    # What stands behind the last line's end was cut by a power cut.
    for word in path.read_bytes().rpartition(b"\n")[0].split():
        (failed if word.startswith(b"-") else granted)[abs(int(word))] += 1
    return granted, failed


class Lineage:
    """Whether the database still is the one that this machine knew."""

    def __init__(self, database: Database, folder: Path) -> None:
        """Look at a database.

        Args:
            database: SQLite never fails over, and nothing is kept for it.
            folder: where the traces lie, and the last lineage that was seen.
        """
        self._database, self._folder = database, folder
        self._seen = folder / "lineage"

    def trace(self, edition: str) -> WireLog | None:
        """Where to keep which of an edition's letters leave; None where nothing is forgotten."""
        if self._database.is_sqlite:
            return None
        private_folder(self._folder)
        return WireLog(self._folder / f"{edition}.log")

    def face(self, now: float) -> bool:
        """See whether the database failed over; pause what is being sent, and mark what it forgot.

        To be called before letters leave, and while none do.

        Args:
            now: seconds since 1970.

        Returns:
            True when something had to be faced: a mailing may be paused now.

        Raises:
            StoreError: when the database cannot be read or written.
        """
        if self._database.is_sqlite:
            return False
        with self._database.read() as connection:
            here, known = _look(connection)
        if known.startswith(f"{here}/") and known == self._remembered() and not self._come_back():
            return False
        with self._database.write() as connection:
            known = self._face(connection, now)
        private_folder(self._folder)
        write_whole(self._seen, known.encode())
        self._let_go(now)
        return True

    def _face(self, connection: Connection, now: float) -> str:
        here, known = _look(connection)
        short = here.partition("/")[2].lstrip("0")
        if not known.startswith(f"{here}/"):
            if known:
                connection.execute(_PAUSE, {"edition": "", "why": _PAUSED.format(here=short)})
                connection.execute(_NOTE, {"name": "failed over", "value": str(now)})
            known = f"{here}/{secrets.token_hex(8)}"
            connection.execute(_NOTE, {"name": "lineage", "value": known})
        mine = self._remembered()
        if mine and mine != known:
            if mine.rpartition("/")[0] > here and mine.startswith(here.partition("/")[0]):
                connection.execute(_PAUSE, {"edition": "", "why": _OLDER.format(here=short)})
            for path in sorted(self._folder.glob("*.log")):
                self._mark(connection, path)
        for path in self._come_back():
            self._mark(connection, path)
        return known

    def _mark(self, connection: Connection, path: Path) -> None:
        """Mark what the database does not know of an edition's letters; set aside whom it knows not."""
        edition = path.name.removesuffix(".lost").removesuffix(".log")
        exists = "SELECT 1 FROM mailings WHERE edition = :edition"
        if connection.execute(text(exists), {"edition": edition}).first() is None:
            path.rename(self._folder / f"{edition}.log.lost")
            return
        granted, failed = _read(path)
        asked = {
            "edition": edition,
            "why": _LOST,
            "readers": sorted(granted),
            "tries": [granted[reader] for reader in sorted(granted)],
            "copies": [granted[reader] - failed[reader] for reader in sorted(granted)],
        }
        count = connection.execute(_IN_DOUBT, asked).rowcount
        if count:
            connection.execute(_PAUSE, {"edition": edition, "why": _FOUND.format(count=count)})

    def _come_back(self) -> list[Path]:
        """Traces of mailings that a failover forgot whole, and that have begun again since."""
        lost = sorted(self._folder.glob("*.log.lost"))
        if not lost:
            return []
        with self._database.read() as connection:
            known = set(connection.execute(text("SELECT edition FROM mailings")).scalars())
        return [path for path in lost if path.name.removesuffix(".log.lost") in known]

    def _remembered(self) -> str:
        with suppress(FileNotFoundError):
            return self._seen.read_text("utf-8")
        return ""

    def _let_go(self, now: float) -> None:
        for path in self._folder.glob("*.log*"):
            if path.stat().st_mtime < now - _KEPT:
                path.unlink(missing_ok=True)


def _look(connection: Connection) -> tuple[str, str]:
    """The server's own system and timeline, and what the database was told of."""
    here: str = connection.execute(_HERE).scalar_one()
    return here, connection.execute(_KNOWN).scalar() or ""


def waits_after_failover(connection: Connection, now: float) -> str:
    """Why a mailing that begins now waits for a person; empty when it need not."""
    since = connection.execute(_SINCE).scalar()
    return _BEGUN if since and now - float(since) < _CAREFUL else ""
