"""Shared by all tests: the golden files, and a newsroom."""

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import settings
from tests.newsrooms import Desk, make_newsroom, opened
from tests.quick_files import quick_files
from tests.sandbox.forked import forking, started
from tests.sandbox.remembered import RememberingChild, remember_in, share
from tests.servers.postgresql import Missing, Server, running
from tests.workers.copies import copied
from tests.workers.forked_workers import ForkedWorkers
from tests.workers.warmed import warm

from briefing.actions.admin import passwords

# How long an example takes says how busy the machine is.
settings.register_profile("untimed", max_examples=40, deadline=None)
settings.register_profile("long", max_examples=2_500, deadline=None)
settings.load_profile("untimed")
GOLDEN = Path(__file__).parent / "golden"
#: Where files live in memory on Linux, and how many bytes must be free there; a worker uses about 150 MB.
MEMORY, ROOM = Path("/dev/shm"), 4 << 30

#: What daemons, and workers over a database, are begun and waited for with.
_WAITED_FOR = ("tests.served", "tests.faults.workers", "tests.faults.chaos")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regold", action="store_true", help="rewrite the golden files")
    parser.addoption("--forks", type=int, default=0, help="run the tests in so many processes")


def pytest_configure(config: pytest.Config) -> None:
    """Let no test wait for a disk: its folders, and those of what it starts, are in memory."""
    if count := config.getoption("--forks"):
        config.pluginmanager.register(ForkedWorkers(count, _share, _waits))
    if "TMPDIR" not in os.environ and _holds_folders(MEMORY):
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def _share(folder: Path) -> None:
    """What the workers have in common: answers, the server of forks, and what a first run makes."""
    share(folder)
    warm(folder / "warm")


def _waits(item: pytest.Item) -> bool:
    """True for a test of a module that has daemons or workers run: most of its time it waits for them."""
    module = getattr(item, "module", item)
    return any(getattr(one, "__module__", "") in _WAITED_FOR for one in vars(module).values())


def _holds_folders(place: Path) -> bool:
    """True when files can be made and started there, and there is room; a container gives 64 MB."""
    if not os.access(place, os.W_OK | os.X_OK):
        return False
    found = os.statvfs(place)
    return not found.f_flag & os.ST_NOEXEC and found.f_bavail * found.f_frsize >= ROOM


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is made while tests are collected stays to the end: no search for garbage looks at it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        # A search every 700 new things found next to nothing, and took a twentieth of the time of all tests.
        gc.set_threshold(50_000, 20, 50)
        gc.enable()


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
def _quick_files(
    tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Iterator[None]:
    if not pytestconfig.getoption("--forks"):
        remember_in(tmp_path_factory.mktemp("answers"))
    with quick_files(tmp_path_factory.mktemp("tables")), forking(RememberingChild):
        yield


@pytest.fixture(scope="module")
def started_sandbox() -> Iterator[None]:
    """Confined processes are started as the program does it: for tests of what confines them."""
    with started():
        yield


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A running PostgreSQL, which a test may crash; each test has databases of its own."""
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


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost as little as argon2 allows; what they do cost is tests/actions/admin/test_accounts.py's."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_HASHER", cheap)


@pytest.fixture(scope="session")
def drafted_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with an edition that nobody has touched; copy it."""
    folder = tmp_path_factory.mktemp("drafted") / "house"
    make_newsroom(folder)
    return folder


@pytest.fixture
def newsroom_folder(drafted_house: Path, tmp_path: Path) -> Path:
    """A copy of that house."""
    return copied(drafted_house, tmp_path / "house")


@pytest.fixture
def desk(newsroom_folder: Path) -> Iterator[Desk]:
    """The desk of that house, open."""
    with opened(newsroom_folder) as found:
        yield found
