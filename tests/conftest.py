"""Shared by all tests: the golden files, and a newsroom."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import Connection
from tests.newsrooms import Desk, make_newsroom, opened

from briefing.store.engine.database import Database
from briefing.store.upkeep import migrate

# How long an example takes says how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.register_profile("long", max_examples=2_500, deadline=None)
settings.load_profile("untimed")
GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regold", action="store_true", help="rewrite the golden files")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Rewriting asks only the tests that have something to rewrite."""
    if config.getoption("--regold"):
        items[:] = [item for item in items if "golden" in getattr(item, "fixturenames", ())]


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], None]:
    """Compare bytes with a file under tests/golden, or rewrite it with --regold."""

    def compare(name: str, content: bytes) -> None:
        path = GOLDEN / name
        actual = path.with_name(f"{path.stem}.actual{path.suffix}")
        if request.config.getoption("--regold"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            return
        if not path.exists() or path.read_bytes() != content:
            actual.write_bytes(content)
            pytest.fail(
                f"{path} differs from {actual.name} next to it. Look at both; if the new one is "
                "right, run `make regold` and commit it."
            )
        actual.unlink(missing_ok=True)

    return compare


@pytest.fixture(scope="session", autouse=True)
def migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A new SQLite file gets the tables that the migrations made once a session, statement by statement.

    All migrations take a tenth of a second, and more than a thousand tests begin with an empty house.
    Any other database, and any file that has tables already, is migrated.
    """
    really = migrate._migrate

    @cache
    def made() -> tuple[str, ...]:
        file = tmp_path_factory.mktemp("tables") / "new.db"
        with (
            closing(Database(f"sqlite:///{file}")) as database,
            migrate._changing(database) as connection,
        ):
            really(connection)
        with closing(sqlite3.connect(file)) as connection:
            return tuple(connection.iterdump())[1:-1]  # but for BEGIN and COMMIT

    def fill(connection: Connection, *, down_to: str | None = None) -> None:
        is_file = connection.dialect.name == "sqlite"
        if down_to is None and is_file and migrate.revision(connection) is None:
            for statement in made():
                connection.exec_driver_sql(statement)
        else:
            really(connection, down_to=down_to)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "_migrate", fill)
        yield


@pytest.fixture(scope="session")
def drafted_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with an edition that nobody has touched; copy it."""
    folder = tmp_path_factory.mktemp("drafted") / "house"
    make_newsroom(folder)
    return folder


@pytest.fixture
def newsroom_folder(drafted_house: Path, tmp_path: Path) -> Path:
    """A copy of that house."""
    return Path(shutil.copytree(drafted_house, tmp_path / "house"))


@pytest.fixture
def desk(newsroom_folder: Path) -> Iterator[Desk]:
    """The desk of that house, open."""
    with opened(newsroom_folder) as found:
        yield found
