"""The book of departures: one file to which lines are only added, each on disk before it counts.

A line is JSON, a tab, a checksum and a line feed. The checksum is over the line and the checksum
before it, so that no line can be changed, or taken out, unseen. Behind the last line the file goes
on with NULs: room that the file system has promised, so that a full disk still lets people go.
"""

import errno
import fcntl
import json
import os
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from briefing.errors import StoreError
from briefing.model.departure import Departure
from briefing.store.departures.lines import (
    DIGEST,
    VERSION,
    BookPosition,
    departure_of,
    plain,
    seal_of,
    sealed_line,
)
from briefing.store.engine.atomic_write import write_whole
from briefing.store.engine.disk_room import take_room

#: Bytes kept ready behind the last line, and when there are fewer, so many more are asked for.
_LEAST_ROOM, _ROOM = 256 * 1024, 1 << 20
_READ = 1 << 16
_BRING_BACK = "Bring it back, or `briefing departures --rebuild` writes it from the database."
_GIVE_RIGHT = "Give this user the right to read and write it, on a disk that can be written."


class Book:
    """The file. Threads and processes may add to it at once."""

    def __init__(self, path: Path) -> None:
        """Name a book; nothing is opened yet."""
        self.path = path
        self._file: int | None = None
        self._end, self._name, self._key = BookPosition(), "", ""
        self._waiting: list[tuple[tuple[Departure, ...], threading.Event]] = []
        self._queue, self._writer = threading.Lock(), threading.RLock()

    @staticmethod
    def begin(path: Path, key_mark: str, lines: Sequence[Departure] = ()) -> None:
        """Write a new book in one step, in the place of one that is there.

        Args:
            path: where.
            key_mark: `Marking.of_key` of the key that its marks are made with.
            lines: what it holds from the start.

        Raises:
            StoreError: when it cannot be written.
        """
        header = {"book": secrets.token_hex(8), "version": VERSION, "key": key_mark}
        content, chain = bytearray(), ""
        for one in (header, *map(plain, lines)):
            line, chain = sealed_line(one, chain)
            content += line
        write_whole(path, bytes(content) + bytes(_ROOM), mode=0o600)

    def exists(self) -> bool:
        """True when there is a file that is not empty."""
        try:
            return self.path.stat().st_size > 0
        except OSError:
            return False

    @property
    def name(self) -> str:
        """What databases call this book."""
        self._open()
        return self._name

    @property
    def key_mark(self) -> str:
        """The mark of the key that its marks were made with."""
        self._open()
        return self._key

    def append(self, *departures: Departure) -> tuple[BookPosition, BookPosition]:
        """Add lines; they are on disk when this returns. Calls at the same time share one wait.

        Returns:
            The place before and the place behind what was written with it.

        Raises:
            StoreError: when it cannot be written.
        """
        done = threading.Event()
        with self._queue:
            self._waiting.append((departures, done))
        with self._writer:
            if done.is_set():  # somebody else wrote it meanwhile
                return self._end, self._end
            with self._queue:
                mine, self._waiting = self._waiting, []
            try:
                places = self._write([one for lines, _ in mine for one in lines])
            except BaseException:
                # The others try for themselves.
                with self._queue:
                    self._waiting[:0] = [each for each in mine if each[1] is not done]
                raise
            for _, each in mine:
                each.set()
            return places

    def has_more(self, place: BookPosition) -> bool:
        """True when there is a line behind that place. Asked before each batch of letters."""
        with self._faults():
            return os.pread(self._open(), 1, place.offset) not in (b"", b"\0")

    def after(self, place: BookPosition) -> tuple[list[Departure], BookPosition]:
        """The lines behind a place, and the place behind them.

        Raises:
            StoreError: when the book does not have that place, or a line of it is damaged.
        """
        with self._writer, self._faults():
            self.prove(place)
            lines = list(self._lines(self._open(), place))
            self._refuse_cut(lines[-1][1] if lines else place)
            if lines and lines[-1][1].offset > self._end.offset:
                self._end = lines[-1][1]
        found = [departure_of(line, self.path) for line, _ in lines if "book" not in line]
        return found, lines[-1][1] if lines else place

    def is_sound(self, key_mark: str) -> bool:
        """True when it is there, whole, and of that key."""
        with suppress(StoreError):
            self.after(BookPosition())
            return self.key_mark == key_mark
        return False

    def whole(self, key_mark: str) -> list[Departure]:
        """Every line up to the first that is damaged; none where there is no book of that key."""
        found: list[Departure] = []
        with suppress(StoreError), self._faults():
            for line, _ in self._lines(self._open(), BookPosition()):
                if "book" not in line and self._key == key_mark:
                    found.append(departure_of(line, self.path))
        return found

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _write(self, departures: Sequence[Departure]) -> tuple[BookPosition, BookPosition]:
        with self._faults():
            file = self._open()
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                before = self._go_to_end(file)
                content, chain = bytearray(), before.chain
                for one in departures:
                    line, chain = sealed_line(plain(one), chain)
                    content += line
                self._have_room(file, before.offset + len(content))
                os.pwrite(file, content, before.offset)
                os.fdatasync(file)
                self._end = BookPosition(before.offset + len(content), chain)
            finally:
                fcntl.flock(file, fcntl.LOCK_UN)
            return before, self._end

    def _go_to_end(self, file: int) -> BookPosition:
        """The place behind the last line. What a power cut left of one that never counted goes."""
        for _, place in self._lines(file, self._end):
            self._end = place
        torn = os.pread(file, _READ, self._end.offset)
        if torn.strip(b"\0"):
            os.pwrite(file, bytes(len(torn)), self._end.offset)
        return self._end

    def _have_room(self, file: int, end: int) -> None:
        """Ask the file system for more in time; on a full disk what was promised is used up first."""
        if os.fstat(file).st_size - end >= _LEAST_ROOM:
            return
        try:
            take_room(file, end, _ROOM)
        except OSError:
            if os.fstat(file).st_size < end:
                raise

    def _lines(
        self, file: int, place: BookPosition
    ) -> Iterator[tuple[dict[str, object], BookPosition]]:
        """Whole lines behind a place, each with the place behind it."""
        kept, at, number = b"", place.offset, 0
        while block := os.pread(file, _READ, at):
            at += len(block)
            *whole, kept = (kept + block).split(b"\n")
            for raw in whole:
                number += 1
                if raw.startswith(b"\0") or self._is_torn(file, raw, place):
                    return
                place = self._checked(raw, place, number)
                yield json.loads(raw[: -(2 * DIGEST + 1)]), place
            if kept.startswith(b"\0"):
                return

    def _is_torn(self, file: int, raw: bytes, place: BookPosition) -> bool:
        """True for what a power cut left: NULs among the bytes, and nothing but NULs soon after."""
        return b"\0" in raw and not os.pread(file, _READ, place.offset + _READ).strip(b"\0")

    def _checked(self, raw: bytes, place: BookPosition, number: int) -> BookPosition:
        said, _, seal = raw.rpartition(b"\t")
        if seal_of(said, place.chain).encode() != seal:
            raise StoreError(
                f"{self.path} is damaged at byte {place.offset:,} (line {number} from where it was "
                "read): somebody changed it, or the disk did. Bring back the newest copy of it, or "
                "`briefing departures --rebuild` writes it from what is whole and the database."
            )
        return BookPosition(place.offset + len(raw) + 1, seal.decode())

    def prove(self, place: BookPosition) -> None:
        """Refuse a place that this book does not have: it is an older copy, or another book.

        Raises:
            StoreError: when it has not.
        """
        if not place.offset:
            return
        length = 2 * DIGEST + 1
        if os.pread(self._open(), length, place.offset - length) != f"{place.chain}\n".encode():
            raise StoreError(
                f"{self.path} is an older copy than the database knows. Bring back the newest one, "
                "or `briefing departures --rebuild` writes it from both."
            )

    def _refuse_cut(self, end: BookPosition) -> None:
        """Refuse a book whose end is gone: a power cut tears a line too, but leaves the room behind it."""
        tail = os.pread(self._open(), _READ, end.offset)
        if tail and b"\0" not in tail and len(tail) < _READ:
            raise StoreError(
                f"{self.path} was cut short in the middle of a line: who left after that is not in it. "
                "Bring back the newest copy of it, or `briefing departures --rebuild` writes it from "
                "what is whole and the database."
            )

    def _open(self) -> int:
        with self._writer:
            if self._file is not None and not os.fstat(self._file).st_nlink:
                self._put_back()
            if self._file is None:
                self._file = self._opened()
            return self._file

    def _opened(self) -> int:
        try:
            file = os.open(self.path, os.O_RDWR | os.O_CLOEXEC)
        except OSError as error:
            raise StoreError(
                f"{self.path}, the book of who left, cannot be opened: {error.strerror}. "
                + (_BRING_BACK if error.errno == errno.ENOENT else _GIVE_RIGHT)
            ) from error
        self._end = BookPosition()
        header = next(self._lines(file, BookPosition()), ({}, BookPosition()))[0]
        if header.get("version") != VERSION:
            os.close(file)
            raise StoreError(
                f"{self.path} is not a book of departures that this program can read "
                f"(version {header.get('version', 'none')}; known: {VERSION}). Bring back another "
                "copy, or install the newer briefing that wrote it."
            )
        self._name, self._key = str(header["book"]), str(header["key"])
        return file

    def _put_back(self) -> None:
        """Somebody removed the file under us: what we still hold of it is the whole book."""
        assert self._file is not None
        if not self.path.exists():
            size = os.fstat(self._file).st_size
            write_whole(self.path, os.pread(self._file, size, 0), mode=0o600)
        self.close()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreError(
                f"{self.path}, the book of who left, cannot be read or written: {error.strerror}. "
                "Make room, or give this user the right; until then nobody can be let go."
            ) from error
