"""Database, key, book and backup, each whole, lost, empty, cut short, foreign, older or newer, together.

`make test` plays a sample of the 800 combinations; with `EVERY=1` all of them.
"""

import itertools
import os
import random
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.desks import act
from tests.newsrooms import new_house
from tests.workers.copies import copied

from briefing.actions.admin.backup import make_backup
from briefing.actions.admin.departures import rebuild_book
from briefing.actions.admin.init import begin_new_house
from briefing.actions.admin.restore import look_at_backup, restore_backup
from briefing.actions.context import open_desk
from briefing.actions.readers.import_list import sync_list
from briefing.actions.readers.lists import change_readers, erase_reader
from briefing.config import Config, load_config
from briefing.errors import StoreError
from briefing.model.subscriber import Standing
from briefing.store.departures.lines import sealed_line

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
NAMES = ("ada", "ben", "cy", "dot")
#: Who left before any copy, after the copy, and was erased after it.
LEFT = {"ada", "ben", "cy"}
DATABASE, KEY, BOOK = "briefing.db", "signing.key", "departures.log"
#: What a sentence may say is to be done next.
STEPS = re.compile(
    r"[Bb]ring|`briefing (restore|departures|init|backup)|Install that version|Name (a|one)"
    r"|(another|older) backup|[Mm]ake room|[Mm]ove it away"
)


def house(folder: Path) -> Config:
    config = new_house(folder, readers=(f"{name}@example.org,{name}," for name in NAMES))
    with open_desk(config, lambda: NOW) as desk:
        sync_list(desk, "readers")
        leave(config, "ada")
    return config


def leave(config: Config, name: str) -> None:
    with open_desk(config, lambda: NOW + timedelta(minutes=1)) as desk:
        change_readers(desk, f"{name}@example.org", Standing.UNSUBSCRIBED,
            only_from=(Standing.ACTIVE,), cause="asked", actor="ops")  # fmt: skip


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Houses and copies out of which combinations are made: `ours`, `foreign`, `older`, `copies`."""
    folder = tmp_path_factory.mktemp("stock")
    config, other = house(folder / "ours"), house(folder / "foreign")
    copies = folder / "copies"
    act(make_backup, config, copies / "whole.db", clock=lambda: NOW)
    act(make_backup, other, copies / "foreign.db", clock=lambda: NOW)
    shutil.copytree(folder / "ours" / "var", folder / "older")
    leave(config, "ben")
    with open_desk(config, lambda: NOW + timedelta(minutes=2)) as desk:
        erase_reader(desk, "cy@example.org", actor="ops")
    content = (copies / "whole.db").read_bytes()
    (copies / "empty.db").write_bytes(b"")
    (copies / "cut.db").write_bytes(content[: len(content) // 2])
    (copies / "rubbish.db").write_bytes(b"this is not what you think it is\n" * 40)
    newer(shutil.copyfile(copies / "whole.db", copies / "newer.db"))
    tables = sqlite3.connect(copies / "somebody-elses.db")
    with closing(tables):
        tables.execute("CREATE TABLE bookmarks (address TEXT)")
        tables.commit()
    return folder


def newer(path: Path | str) -> None:
    """A database that a program of tomorrow wrote."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9042'")
        connection.commit()


def newer_book(path: Path) -> None:
    header, _ = sealed_line({"book": "ab" * 8, "version": 9, "key": "ab" * 8}, "")
    path.write_bytes(header + bytes(1 << 20))


def cut(path: Path) -> None:
    content = path.read_bytes().rstrip(b"\0")
    path.write_bytes(content[: len(content) // 2])


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


HARMS: dict[str, Callable[[Path], object]] = {
    "lost": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "cut": cut,
    "rubbish": lambda path: path.write_bytes(b"this is not what you think it is\n" * 40),
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 300),
    "newer": lambda path: (newer_book if path.name == BOOK else newer)(path),
    "folder": folder,
}


def spoilt(path: Path, state: str, stock: Path) -> None:
    """Bring one part of a house into that state."""
    if state in HARMS:
        HARMS[state](path)
    elif state != "whole":
        there = stock / "foreign" / "var" if state == "foreign" else stock / "older"
        shutil.copyfile(there / path.name, path)


STATES = {
    DATABASE: (
        *("whole", "lost", "empty", "cut", "rubbish", "binary", "foreign", "older", "newer"),
        "folder",
    ),
    KEY: ("whole", "lost", "empty", "cut", "rubbish", "binary", "foreign", "folder"),
    BOOK: (
        *("whole", "lost", "empty", "cut", "rubbish", "binary", "foreign", "older", "newer"),
        "folder",
    ),
}
COPIES = ("whole", "lost", "empty", "cut", "rubbish", "foreign", "newer", "somebody-elses")
EVERY = tuple(itertools.product(*STATES.values()))


def some(combinations: tuple[tuple[str, ...], ...], number: int) -> list[tuple[str, ...]]:
    """All of them when the environment says EVERY, else a sample, the same each time."""
    if "EVERY" in os.environ:
        return list(combinations)
    return random.Random(17).sample(combinations, number)


@contextmanager
def combined(stock: Path, folder: Path, states: tuple[str, ...]) -> Iterator[Config]:
    """A house whose parts are in these states."""
    copied(stock / "ours", folder)
    for name, state in zip(STATES, states, strict=True):
        spoilt(folder / "var" / name, state, stock)
    try:
        yield load_config(folder / "config.toml")
    finally:
        shutil.rmtree(folder)


def content(folder: Path) -> dict[str, bytes]:
    """What lies in a house's folder, without the locks and SQLite's own files next to a database."""
    left_out = (".lock", "-wal", "-shm")
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(left_out)
    }


def letters_to(config: Config) -> set[str]:
    """Who would get the next letter, after the list's file was read once more."""
    with open_desk(config, lambda: LATER) as desk:
        sync_list(desk, "readers")
        active = desk.store.subscribers.each("readers", Standing.ACTIVE)
        return {one.email.partition("@")[0] for one in active}


def tried(step: Callable[[], object], config: Config) -> str:
    """The sentence with which a step is refused, having changed nothing; "" when it was done."""
    var, said = config.path(config.data.path), ""
    before = content(var)
    try:
        step()
    except StoreError as error:
        said = str(error)
    if said:
        assert STEPS.search(said), f"no next step: {said}"
        assert content(var) == before, f"refused, and yet changed: {said}"
    return said


def is_known(states: tuple[str, ...]) -> bool:
    """True where database or book can still say who left after the copy was made."""
    database, key, book = states
    return database == "whole" or (key, book) == ("whole", "whole")


def test_every_house_opens_or_says_what_to_do_and_nobody_who_left_is_written_to(
    stock: Path, tmp_path: Path
) -> None:
    for states in some(EVERY, 60):
        with combined(stock, tmp_path / "house", states) as config:
            if not tried(lambda: opened(config), config) and is_known(states):
                assert not letters_to(config) & LEFT, states


def test_a_good_copy_is_restored_or_refused_and_nobody_who_left_is_written_to(
    stock: Path, tmp_path: Path
) -> None:
    for states in some(EVERY, 60):
        with combined(stock, tmp_path / "house", states) as config:
            unknown = told_before(config, stock / "copies" / "whole.db")
            if tried(lambda: restored(config, stock / "copies" / "whole.db"), config):
                continue
            gone = LEFT if is_known(states) else {"ada"}
            assert not letters_to(config) & gone, states
            assert is_known(states) or states[2] == "older" or unknown, f"{states}: nobody was told"


@pytest.mark.parametrize("copy", [name for name in COPIES if name != "whole"])
def test_a_copy_that_is_of_no_use_is_refused_before_anything_is_moved(
    stock: Path, tmp_path: Path, copy: str
) -> None:
    useful = [states for states in EVERY if states[1] == "whole"]
    for states in (useful[0], *some(tuple(useful), 5)):
        with combined(stock, tmp_path / "house", states) as config:
            assert tried(lambda: restored(config, stock / "copies" / f"{copy}.db"), config), states


def test_a_book_that_is_written_again_knows_everybody_whom_database_or_book_know(
    stock: Path, tmp_path: Path
) -> None:
    for states in some(EVERY, 40):
        with combined(stock, tmp_path / "house", states) as config:
            if not tried(lambda: rebuild_book(config), config) and is_known(states):
                assert not letters_to(config) & LEFT, states


def test_a_house_that_begins_again_writes_to_nobody_whom_database_or_book_know_to_have_left(
    stock: Path, tmp_path: Path
) -> None:
    for states in some(EVERY, 40):
        with combined(stock, tmp_path / "house", states) as config:
            if not tried(lambda: begin_new_house(config, LATER), config) and is_known(states):
                # Of who was erased only a mark is kept, and that was made with the key.
                gone = LEFT if states[1] == "whole" else LEFT - {"cy"}
                assert not letters_to(config) & gone, states


def opened(config: Config) -> None:
    with open_desk(config, lambda: LATER):
        pass


def told_before(config: Config, copy: Path) -> tuple[str, ...]:
    """What a restore says cannot be known."""
    with suppress(StoreError):
        return look_at_backup(config, copy).unknown
    return ()


def restored(config: Config, copy: Path) -> None:
    restore_backup(config, copy, lambda: LATER)
