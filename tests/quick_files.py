"""SQLite files of tests: made and written as the program does it, without waiting for the disk.

And the templates of designs, of which nearly every test has a copy of its own, compiled once; and the text of
config.toml, which is the same in most houses, parsed once.
"""

import os
import sqlite3
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache, lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from sqlalchemy import Connection, Engine, create_engine, event

from briefing.emails import templating
from briefing.store.engine import sqlite
from briefing.store.engine.database import Database
from briefing.store.upkeep import migrate

_MIGRATE, _PRAGMAS = migrate._migrate, sqlite._PRAGMAS
_FSYNC = os.fsync


@contextmanager
def quick_files(folder: Path) -> Iterator[None]:
    """What hundreds of empty houses have in common is done once, and no commit waits for the disk.

    Only a power cut can tell the difference, and `tests/faults/test_power_cuts.py` undoes this: see
    `durable_files`.

    Args:
        folder: for the one file that is made by all migrations.
    """
    hasty = tuple(one.replace("synchronous = FULL", "synchronous = OFF") for one in _PRAGMAS)
    assert hasty != _PRAGMAS
    with pytest.MonkeyPatch.context() as patch:
        share_what_houses_have_in_common(folder, patch)
        patch.setattr(sqlite, "_PRAGMAS", hasty)
        patch.setattr(os, "fsync", lambda _: None)
        yield


def share_what_houses_have_in_common(folder: Path, patch: pytest.MonkeyPatch | None = None) -> None:
    """Tables, statements and designs are made and compiled once; until `patch` is undone, or for good.

    Nothing happens in a process that was forked from one where they are.

    Args:
        folder: for the one file that is made by all migrations.
        patch: what puts the program's own back.
    """
    if migrate._migrate is not _MIGRATE:
        return
    patch = patch or pytest.MonkeyPatch()
    patch.setattr(migrate, "_migrate", _filled_from(folder / "new.db"))
    patch.setattr(sqlite, "create_engine", _alike())
    patch.setattr(templating, "_environment", _compiling_once())
    # Nobody changes what is parsed: `RawConfig` has a copy of its own.
    patch.setattr("briefing.config.toml_source.loads", lru_cache(200)(tomllib.loads))


@contextmanager
def durable_files() -> Iterator[None]:
    """Inside of `quick_files`: files as the program has them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite, "create_engine", create_engine)
        patch.setattr(sqlite, "_PRAGMAS", _PRAGMAS)
        patch.setattr(os, "fsync", _FSYNC)
        yield


def _filled_from(file: Path) -> Callable[..., None]:
    """A new SQLite file gets a copy of the pages that the migrations made once.

    All migrations take a tenth of a second, and more than a thousand tests begin with an empty house. Their
    statements alone, one after the other, took 15 ms of computing, the pages take one. A new database of
    PostgreSQL is told all statements together, which takes 0.05 s and not 0.15.
    Any database that has tables already is migrated.
    """

    @cache
    def made() -> sqlite3.Connection:
        with (
            closing(Database(f"sqlite:///{file}")) as new,
            migrate._changing(new) as connection,
        ):
            _MIGRATE(connection)
        pages = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(file)) as migrated:
            migrated.backup(pages)
        return pages

    #: What the migrations told the first PostgreSQL.
    told: list[str] = []

    def fill(connection: Connection, *, down_to: str | None = None) -> None:
        driver: Any = connection.connection.driver_connection
        # Not what `tests/faults/test_power_cuts.py` puts below SQLAlchemy: its disk wants to see every write.
        is_file, is_server = isinstance(driver, sqlite3.Connection), not _is_sqlite(connection)
        if down_to or not (is_file or is_server) or migrate.revision(connection) is not None:
            _MIGRATE(connection, down_to=down_to)
        elif is_file:
            driver.execute("ROLLBACK")  # pages are not written within a transaction
            made().backup(driver)
            driver.execute("BEGIN IMMEDIATE")
        elif told:
            driver.execute(";\n".join(told))
        else:
            told.extend(_migrated(connection))

    return fill


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _migrated(connection: Connection) -> list[str]:
    """Migrate an empty database of PostgreSQL; what it was told, but for questions."""
    told: list[str] = []

    @event.listens_for(connection, "before_cursor_execute")
    def _hear(*said: Any) -> None:
        # As the driver sends it: what it is to fill in stands in questions only.
        if not said[2].lstrip().startswith("SELECT"):
            told.append(said[2] % ())

    _MIGRATE(connection)
    event.remove(connection, "before_cursor_execute", _hear)
    return told


def _alike() -> Callable[..., Engine]:
    """Makes engines that speak one dialect: what is compiled for one file is compiled for all."""
    spoken = create_engine("sqlite://")
    spoken.connect().close()  # which is when it learns what this SQLite can do
    spoken.dispose()

    def engine(url: str, **options: Any) -> Engine:
        made = create_engine(url, **options)
        # What is compiled is kept by dialect, and each engine would have a dialect of its own.
        made.dialect = made.pool._dialect = spoken.dialect
        return made

    return engine


class _Compiled(BytecodeCache):
    """What was compiled of a template, for every folder in which the same text stands."""

    def __init__(self) -> None:
        self._code: dict[str, CodeType] = {}

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        bucket = Bucket(environment, f"{name}\n{source}", self.get_source_checksum(source))
        if found := self._code.get(bucket.key):
            bucket.code = _as_of(found, filename or name)
        return bucket

    def set_bucket(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._code[bucket.key] = bucket.code

    def load_bytecode(self, bucket: Bucket) -> None:
        """Nothing is kept in files."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Nothing is kept in files."""


def _as_of(code: CodeType, filename: str) -> CodeType:
    """The same code, whose errors name this file."""
    inner = (_as_of(one, filename) if isinstance(one, CodeType) else one for one in code.co_consts)
    return code.replace(co_filename=filename, co_consts=tuple(inner))


def _compiling_once() -> Callable[..., Environment]:
    made, kept = templating._environment, {True: _Compiled(), False: _Compiled()}

    def environment(folder: Path, *, markup: bool) -> Environment:
        found = made(folder, markup=markup)
        found.bytecode_cache = kept[markup]
        return found

    return environment
