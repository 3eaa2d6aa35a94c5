"""A store of each kind: SQLite in a file, and a real PostgreSQL."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from tests.servers.postgresql import Server

from briefing.model.delivery import Bounce, Delivery, Outcome, State
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.mailing import Mailing
from briefing.model.subscriber import Subscriber
from briefing.store import Added, ListRow, Store, miscounted, open_store
from briefing.store.deliveries.ledger import Ledger
from briefing.store.schema.core import metadata

#: Asks for the names of tables with rows.
_FILLED = " UNION ALL ".join(
    f"SELECT '{table.name}' WHERE EXISTS (SELECT FROM {table.name})"
    for table in metadata.tables.values()
)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = 86_400.0


@dataclass
class Shelf:
    """A store with short words for what the tests do again and again."""

    store: Store
    url: str
    folder: Path
    now: float = NOW.timestamp()
    _count: int = field(default=0)

    def add(self, *emails: str, to: str = "readers", name: str = "", tags: tuple[str, ...] = ()):
        """Put addresses on a list and give the answers."""
        entries = [
            ListRow(email=email, key=email.lower(), name=name, tags=tags) for email in emails
        ]
        return self.store.subscribers.add_many(
            to, entries, cause="import of list.csv", actor="ada", now=self.now
        )

    def reader(self, email: str, on: str = "readers") -> Subscriber:
        (found,) = self.store.subscribers.find(email, on)
        return found

    def fill(self, count: int) -> list[int]:
        """That many new readers; their numbers."""
        emails = [f"reader{self._count + number}@example.org" for number in range(count)]
        self._count += count
        assert self.add(*emails) == [Added.NEW] * count
        known = {reader.email: reader.id for reader in self.store.subscribers.each("readers")}
        return [known[email] for email in emails]

    def change(self, reader: int, becomes, **others):
        return self.store.subscribers.change(
            reader, becomes, cause="asked", actor="reader", now=self.now, **others
        )

    def begin(self, edition: str = "staggers-2026-11-23") -> Mailing:
        email = Email(
            edition_id=edition,
            template="staggers",
            subject=f"Subject of {edition}",
            preheader="",
            html="<p>Peers sent it back</p>",
            text="Peers sent it back",
            nonce="n",
        )
        issue = Edition(id=edition, briefing="staggers", title="T", slot=NOW, items=())
        return self.store.mailings.freeze(issue, email, "readers", self.now)

    def ledger(self, edition: str = "staggers-2026-11-23") -> Ledger:
        return self.store.ledger(self.begin(edition).number)

    def tries(self, edition: str = "staggers-2026-11-23"):
        """The tries that did not end the matter, in order: reader, state, seconds since 1970, reply."""
        known = {reader.ref: reader.id for reader in self.store.subscribers.each("readers")}
        for kind, ref, state, _, _, at, reply in self.store.archived.rows(
            self.begin(edition).number
        ):
            if kind == "try":
                yield known[ref], State(str(state)), at, reply


def outcome(reader: int, state: State, **others) -> Outcome:
    """What became of a letter."""
    detail, status = others.pop("detail", "250 taken"), others.pop("status", "")
    if state is State.DEFERRED:
        others.setdefault("due", 0.0)
    delivery = Delivery(recipient="", state=state, detail=detail, status=status)
    return Outcome(reader=reader, delivery=delivery, **others)


@pytest.fixture
def became():
    """Makes outcomes."""
    return outcome


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desk.db"
    address: str = request.getfixturevalue("postgresql_url")
    return address


def opened(url: str, folder: Path) -> Store:
    return open_store(
        url, book=folder / "departures.log", backups=folder / "backups", key=b"k" * 32, now=NOW
    )


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows. Copied: a test need not migrate one of its own."""
    folder = tmp_path_factory.mktemp("new")
    opened(f"sqlite:///{folder}/desk.db", folder).close()
    return folder / "desk.db"


@pytest.fixture
def file_url(new_file: Path, tmp_path: Path) -> str:
    """The address of a SQLite file with all tables."""
    shutil.copy(new_file.with_name("departures.log"), tmp_path)
    return f"sqlite:///{shutil.copy(new_file, tmp_path)}"


@pytest.fixture(scope="session")
def server_tables(
    postgresql_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a PostgreSQL database with all tables: to make one takes a test half a second."""
    with postgresql_server.database("tables") as address:
        opened(address, tmp_path_factory.mktemp("tables")).close()
        yield address


@pytest.fixture(scope="session")
def migrated_database(
    postgresql_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a PostgreSQL database that was migrated and is only copied."""
    with postgresql_server.database("migrated") as address:
        opened(address, tmp_path_factory.mktemp("migrated")).close()
        yield "migrated"


@pytest.fixture
def migrated_url(postgresql_server: Server, migrated_database: str) -> Iterator[str]:
    """The address of a copy of it: to migrate one takes longer, and this test may change its tables."""
    with postgresql_server.database(like=migrated_database) as address:
        yield address


@pytest.fixture(scope="session")
def server_engine(server_tables: str) -> Iterator[Engine]:
    """Looks between two tests what was left in that database; one of them may have crashed its server."""
    engine = create_engine(server_tables, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
    yield engine
    engine.dispose()


@pytest.fixture
def server_url(server_tables: str, server_engine: Engine) -> str:
    """The address of that database, emptied of what the test before left in it."""
    with server_engine.connect() as line:
        left = line.exec_driver_sql(_FILLED).scalars().all()
        if left:
            line.exec_driver_sql(f"TRUNCATE {', '.join(left)} RESTART IDENTITY CASCADE")
    return server_tables


@contextmanager
def housed(url: str, folder: Path) -> Iterator[Shelf]:
    """An open store."""
    store = opened(url, folder)
    yield Shelf(store=store, url=url, folder=folder)
    with store.database.read() as connection:
        assert miscounted(connection) == (), "what a test did was not counted"
    store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    """An open store of each kind."""
    is_file = request.param == "sqlite"
    with housed(
        request.getfixturevalue("file_url" if is_file else "server_url"), tmp_path
    ) as found:
        yield found


@pytest.fixture
def file_house(file_url: str, tmp_path: Path) -> Iterator[Shelf]:
    """An open store in a SQLite file."""
    with housed(file_url, tmp_path) as found:
        yield found


@pytest.fixture
def bounce(house: Shelf):
    """Hands in a report on a reader."""

    def report(reader: int, kind: Bounce, *, day: float = 0.0, mailing=None, text="") -> bool:
        at = house.now + day * DAY
        return house.store.bounces.reported(
            (text or f"{reader} {kind} {at}").encode(),
            reader=reader,
            mailing=mailing,
            kind=kind,
            status="5.1.1" if kind is Bounce.HARD else "",
            detail="said the mailbox",
            now=at,
        )

    return report
