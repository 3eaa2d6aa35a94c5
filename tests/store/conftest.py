"""A store of each kind: SQLite in a file, and a real PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.servers.postgresql import Missing, Server, running

from briefing.model.delivery import Bounce, Delivery, Outcome, State
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.mailing import Mailing
from briefing.model.subscriber import Subscriber
from briefing.store import Added, Entry, Store, open_store
from briefing.store.ledger import Ledger

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = 86_400.0


@dataclass
class House:
    """A store with short words for what the tests do again and again."""

    store: Store
    url: str
    folder: Path
    now: float = NOW.timestamp()
    _count: int = field(default=0)

    def add(self, *emails: str, to: str = "readers", name: str = "", tags: tuple[str, ...] = ()):
        """Put addresses on a list and give the answers."""
        entries = [Entry(email=email, key=email.lower(), name=name, tags=tags) for email in emails]
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


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A running PostgreSQL."""
    try:
        with running() as server:
            yield server
    except Missing as why:
        pytest.skip(f"no PostgreSQL: {why}")


@pytest.fixture
def postgresql_url(postgresql_server: Server) -> Iterator[str]:
    """A new, empty database."""
    with postgresql_server.database() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desk.db"
    address: str = request.getfixturevalue("postgresql_url")
    return address


def opened(url: str, folder: Path) -> Store:
    return open_store(url, backups=folder / "backups", key=b"k" * 32, now=NOW)


@pytest.fixture
def house(url: str, tmp_path: Path) -> Iterator[House]:
    """An open store of each kind."""
    store = opened(url, tmp_path)
    yield House(store=store, url=url, folder=tmp_path)
    store.close()


@pytest.fixture
def file_house(tmp_path: Path) -> Iterator[House]:
    """An open store in a SQLite file."""
    url = f"sqlite:///{tmp_path}/desk.db"
    store = opened(url, tmp_path)
    yield House(store=store, url=url, folder=tmp_path)
    store.close()


@pytest.fixture
def bounce(house: House):
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
