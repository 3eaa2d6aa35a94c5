"""A house to which everything happens: people leave, copies are restored, files are lost.

`Estate` does one thing at a time and keeps in mind who is gone. What the house refuses, it puts
right as the sentence says. `tests/faults/test_whoever_left.py` plays random sequences of it.
"""

import random
import re
import sqlite3
from collections import Counter
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import event
from tests.desks import act

from briefing.actions.admin.backup import make_backup
from briefing.actions.admin.departures import rebuild_book
from briefing.actions.admin.init import begin_new_house
from briefing.actions.admin.restore import restore_backup
from briefing.actions.context import Desk, open_desk
from briefing.actions.open_store import the_keys, the_store
from briefing.actions.public.preferences import unsubscribe
from briefing.actions.readers.import_list import sync_list
from briefing.config import Config
from briefing.errors import BriefingError, StoreError
from briefing.model.mark import Marking
from briefing.model.subscriber import Standing
from briefing.subscribers.tokens import sign

#: By what the sentence says is to be done next.
_STEPS = (
    (r"departures --rebuild", "rebuild"),
    (r"`briefing restore", "restore"),
    (r"init --new-house", "new house"),
)


def _full(_connection, _cursor, statement, *_):
    if statement.startswith(("INSERT", "UPDATE", "DELETE")):
        raise sqlite3.OperationalError("database or disk is full")


class Killed(BaseException):
    """The process dies here."""


@dataclass
class Estate:
    """A house, what became of it, and who must get no letter."""

    config: Config
    addresses: tuple[str, ...]
    chance: random.Random
    now: datetime = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    gone: set[str] = field(default_factory=set)
    copies: list[Path] = field(default_factory=list)
    #: The book as it was when those were made.
    books: list[bytes] = field(default_factory=list)
    #: Links in letters that were sent, by address: they go on to be used whatever happens.
    links: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    #: How many left in which trouble.
    left: Counter[str] = field(default_factory=Counter)

    @property
    def folder(self) -> Path:
        return self.config.path(self.config.data.path)

    @property
    def file(self) -> Path:
        return self.folder / "briefing.db"

    def clock(self) -> datetime:
        self.now += timedelta(seconds=7)
        return self.now

    def write_links(self) -> None:
        """The link in each reader's letter, as it was signed when it left."""
        with suppress(StoreError), the_store(self.config, self.clock()) as store:
            key = the_keys(self.config)[0]
            marking = Marking(the_keys(self.config)[-1])
            for reader in store.subscribers.each("readers", Standing.ACTIVE):
                claims = {
                    "edition": "e",
                    "reader": reader.ref,
                    "mark": marking.reader("readers", reader.email.casefold()),
                }
                self.links[reader.email] = sign("unsubscribe", claims, key)

    def leave(self, trouble: str) -> None:
        """Somebody presses the button in their letter, whatever state the house is in."""
        self.write_links()
        who = self.chance.choice(self.addresses)
        if who not in self.links:
            return
        with (
            suppress(BriefingError),
            open_desk(self.config, self.clock) as desk,
            self.in_trouble(desk, trouble),
        ):
            unsubscribe(desk, "unsubscribe", self.links[who])
            self.gone.add(who)
            self.left[trouble] += 1

    @contextmanager
    def in_trouble(self, desk: Desk, trouble: str):
        match trouble:
            case "locked":
                with closing(sqlite3.connect(self.file, isolation_level=None)) as other:
                    other.execute("BEGIN IMMEDIATE")
                    yield
            case "away":
                with self._hidden(desk):
                    yield
            case "full":
                hasty = desk.store.departures._hasty()
                event.listen(hasty.engine, "before_cursor_execute", _full)
                yield
                event.remove(hasty.engine, "before_cursor_execute", _full)
            case "killed":
                died = patch.object(type(desk.store.departures), "_catch_up", side_effect=Killed)
                with suppress(Killed), died:
                    yield
            case _:
                yield

    @contextmanager
    def _hidden(self, desk: Desk):
        """The database cannot be reached for a while."""
        desk.store.database.close()
        desk.store.departures._hasty().close()
        kept = {}
        for end in ("", "-wal", "-shm"):
            path = Path(f"{self.file}{end}")
            if path.exists():
                kept[path] = path.with_name(f"hidden{end}")
                path.rename(kept[path])
        self.file.mkdir()
        try:
            yield
        finally:
            desk.store.database.close()
            desk.store.departures._hasty().close()
            self.file.rmdir()
            for path, hidden in kept.items():
                hidden.rename(path)

    def erase(self) -> None:
        self._by_hand(lambda store, key: store.subscribers.erase(key, actor="ops", now=self.t()))

    def complain(self) -> None:
        def change(store, key):
            (reader,) = store.subscribers.find(key, "readers")
            with store.database.write() as connection:
                store.subscribers.change_in(
                    connection, reader.id, Standing.COMPLAINED,
                    only_from=(Standing.ACTIVE,), cause="c", actor="mailbox", now=self.t(),
                )  # fmt: skip
                store.subscribers.suppress(connection, key, "complained", self.t())

        self._by_hand(change)

    def _by_hand(self, act) -> None:
        who = self.chance.choice(self.addresses)
        with suppress(BriefingError), the_store(self.config, self.clock()) as store:
            if store.subscribers.find(who, "readers"):
                act(store, who)
                self.gone.add(who)

    def come_back(self) -> None:
        """Somebody who left confirms from the mailbox itself."""
        with suppress(BriefingError), the_store(self.config, self.clock()) as store:
            for who in sorted(self.gone):
                for reader in store.subscribers.find(who, "readers"):
                    if reader.standing is Standing.UNSUBSCRIBED:
                        store.subscribers.change(
                            reader.id, Standing.ACTIVE, cause="confirmed", actor="r", now=self.t()
                        )
                        self.gone.discard(who)
                        return

    def t(self) -> float:
        return self.clock().timestamp()

    def take_over_list(self) -> None:
        """The list's file, with everybody in it, is read again."""
        with suppress(BriefingError), open_desk(self.config, self.clock) as desk:
            sync_list(desk, "readers")

    def back_up(self) -> None:
        with suppress(BriefingError):
            path = self.folder.parent / f"copy{len(self.copies)}.db"
            self.copies.append(act(make_backup, self.config, path, clock=self.clock))
            self.books.append((self.folder / "departures.log").read_bytes())

    def restore(self) -> None:
        if self.copies:
            with suppress(BriefingError):
                restore_backup(self.config, self.chance.choice(self.copies), self.clock)

    def die_in_restore(self) -> None:
        """Killed at one of the moments of a restore."""
        moment = self.chance.choice(["_lay_out", "_keep", "_swap"])
        died = patch(f"briefing.store.upkeep.restoring.{moment}", side_effect=Killed)
        with suppress(Killed, BriefingError), died:
            self.restore()

    def lose(self, what: str) -> None:
        """A file is gone, empty or cut short."""
        path = self.folder / {"database": "briefing.db", "book": "departures.log"}[what]
        if not path.exists():
            return
        how = self.chance.choice(["gone", "empty"])
        for end in ("-wal", "-shm"):
            Path(f"{path}{end}").unlink(missing_ok=True)
        if how == "gone":
            path.unlink()
        else:
            path.write_bytes(b"")

    def older_book(self) -> None:
        """Somebody lays an older copy of the book next to the database; perhaps they restore then."""
        self.put_right()
        if self.books:
            (self.folder / "departures.log").write_bytes(self.chance.choice(self.books))
            if self.chance.random() < 0.5:
                self.restore()
        self.put_right()

    def put_right(self) -> None:
        """Do what the house says must be done, until it opens."""
        for _ in range(6):
            try:
                with the_store(self.config, self.clock()):
                    return
            except StoreError as error:
                self.said.append(str(error))
                self._do(next(step for sign, step in _STEPS if re.search(sign, str(error))))
        raise AssertionError(f"it does not open: {self.said}")

    def _do(self, step: str) -> None:
        if step == "rebuild":
            rebuild_book(self.config)
        elif step == "restore" and self.copies:
            restore_backup(self.config, self.copies[-1], self.clock)
        else:
            begin_new_house(self.config, self.clock())

    def do(self, name: str) -> None:
        """One thing, by name."""
        match name.split():
            case ["leave", *trouble]:
                self.leave(" ".join(trouble))
            case ["lose", what]:
                # What is lost together can be known to nobody: see docs/security.md.
                self.put_right()
                self.lose(what)
                self.put_right()
            case _:
                getattr(self, name.replace(" ", "_"))()


EVENTS = (
    *("leave", "leave", "leave locked", "leave away", "leave full", "leave killed"),
    *("erase", "complain", "come back", "take over list", "back up", "back up"),
    *("restore", "restore", "die in restore", "lose database", "lose book", "older book"),
)
