"""The way back from a backup: look at it, say what it costs, then put it in the database's place."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from briefing.actions.context import Desk, open_desk
from briefing.actions.open_store import house_folder, leading, sending_alone, the_keys
from briefing.clock import Clock
from briefing.config import Config
from briefing.errors import StoreError
from briefing.model.departure import REMOVED, RETURNED, About, Departure
from briefing.model.mark import Marking
from briefing.model.schedule_slot import Course
from briefing.model.subscriber import Standing
from briefing.store import (
    BOOK_FILE,
    BackupContent,
    Book,
    BookPosition,
    Database,
    Departures,
    book_has_all,
    lines_of,
    look_at,
    refuse_newer,
    restore,
)
from briefing.store.upkeep.migrate import upgrade

_ERASED = Standing.ERASED.value
_MANY = {About.ADDRESS: "addresses"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a restore would take back, and what stays."""

    #: Readers and editors of today that the copy does not know, and editions it does not know of.
    readers: int
    editors: tuple[str, ...]
    editions: tuple[str, ...]
    #: How many lines of the book are newer than the copy, by what became of whom.
    stays: tuple[tuple[str, int], ...]
    #: What cannot be known, in sentences.
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What became of a house whose database was replaced by a backup."""

    #: Where the database as it was until then is kept.
    kept: Path
    #: Slots that came up since the copy was made: by briefing and name.
    missed: tuple[tuple[str, str], ...]
    #: How many readers and editors the book of departures changed in the copy.
    changed: int


def look_at_backup(config: Config, path: Path) -> Outlook:
    """Say what a restore would do. Nothing is changed.

    Raises:
        StoreError: when the copy is damaged, newer than this program, or of another signing key.
    """
    copy = look_at(path)
    refuse_newer(str(path), copy.revision)
    marking = Marking(the_keys(config)[-1])
    if copy.key_mark not in ("", marking.of_key()):
        raise StoreError(
            f"{path} was kept with another signing.key than the one in {house_folder(config)}: the "
            "marks of who left would not hold. Bring the right key back first."
        )
    here, unknown = _as_it_is(config)
    book = Book(house_folder(config) / BOOK_FILE)
    try:
        stays, more = _newer_lines(book, copy, marking.of_key())
        if not more and not _has_all(config, book):
            more = (
                f"{book.path} is an older copy than the database knows; whoever left after that is "
                "taken from the database.",
            )
    finally:
        book.close()
    return Outlook(
        readers=len(here.readers - copy.readers) if here else 0,
        editors=tuple(sorted(here.editors - copy.editors)) if here else (),
        editions=tuple(sorted(here.editions - copy.editions)) if here else (),
        stays=stays,
        unknown=(*unknown, *more),
    )


def restore_backup(config: Config, path: Path, clock: Clock) -> Restored:
    """Put a backup in the database's place; every mailing in it wakes paused.

    It cannot know what was sent after it was taken, so the clock sends no slot that is over by now.
    Who left since then stays gone: the book of departures is read into the copy before it is used.

    Raises:
        StoreError: when the backup cannot be used, or somebody sends or keeps the schedule; then
            nothing was changed.
    """
    folder, now = house_folder(config), clock()
    kept = folder / "backups" / f"replaced-{now:%Y%m%dT%H%M%SZ}.db"
    look_at_backup(config, path)
    with leading(config), sending_alone(config):
        _have_book(config, look_at(path))

        def bring_up(part: Path) -> int:
            return _brought_up(config, part, now)

        changed = restore(Database(config.database_url), path, kept, bring_up)
        with open_desk(config, clock) as desk:
            missed = tuple(_missed(desk, now))
    return Restored(kept=kept, missed=missed, changed=changed)


def _as_it_is(config: Config) -> tuple[BackupContent | None, tuple[str, ...]]:
    """The database that would be replaced, as far as it can be read."""
    database = Database(config.database_url)
    if database.file is None or not database.file.exists() or not database.file.stat().st_size:
        return None, ("There is no database now, so who joined since the copy is not known.",)
    if not database.file.is_file():
        raise StoreError(f"{database.file} is not a file. Move it away, then restore again.")
    try:
        return look_at(database.file), ()
    except StoreError as error:
        return None, (f"{error} So who joined since the copy is not known.",)


def _newer_lines(
    book: Book, copy: BackupContent, key_mark: str
) -> tuple[tuple[tuple[str, int], ...], tuple[str, ...]]:
    """What the book says that the copy does not, counted; and what there is no book for."""
    if not book.exists():
        return (), (
            f"{book.path}, the book of who left, is not there; whoever left since the copy was made "
            "is known only as far as the database of now can be read.",
        )
    try:
        lines, _ = book.after(BookPosition())
    except StoreError as error:
        return (), (f"{error} The copy's own book is taken instead.",)
    if book.key_mark != key_mark:
        return (), (
            f"{book.path} is the book of another house: the copy's own is taken instead, and whoever "
            "left since is known only as far as the database of now can be read.",
        )
    known = max(copy.book.count(b"\n") - 1, 0)
    counts = Counter(
        f"{_MANY.get(one.about, f'{one.about}s')} {one.becomes}"
        for one in lines[known:]
        if one.becomes != RETURNED and (one.about is not About.ADDRESS or one.becomes == _ERASED)
    )
    return tuple(sorted(counts.items())), ()


def _have_book(config: Config, copy: BackupContent) -> None:
    """Have a whole book: the one that is there; else one of what copy, remains and database say."""
    path, key_mark = house_folder(config) / BOOK_FILE, Marking(the_keys(config)[-1]).of_key()
    book = Book(path)
    try:
        if book.is_sound(key_mark) and not _is_older(path, copy.book) and _has_all(config, book):
            return
        lines = [*lines_of(copy.book), *book.whole(key_mark), *_known_here(config, copy)]
    finally:
        book.close()
    if path.exists():
        path.replace(path.with_name(f"{path.name}.before-restore"))
    Book.begin(path, key_mark, lines)


def _is_older(path: Path, carried: bytes) -> bool:
    """True when the book is an older copy than the one a backup carries."""
    content = path.read_bytes().rstrip(b"\0")
    return len(content) < len(carried) and carried.startswith(content)


def _has_all(config: Config, book: Book) -> bool:
    """False when the database that is replaced knows more of the book than is in it: an older copy."""
    here, _ = _as_it_is(config)
    if here is None:
        return True
    database = Database(config.database_url)
    try:
        return book_has_all(database, book, Marking(the_keys(config)[-1]))
    finally:
        database.close()


def _known_here(config: Config, copy: BackupContent) -> list[Departure]:
    """What the database that is replaced knows of who left and of editors, where it can be read."""
    here, _ = _as_it_is(config)
    if here is None:
        return []
    database = Database(config.database_url)
    path, marking = house_folder(config) / BOOK_FILE, Marking(the_keys(config)[-1])
    try:
        known = Departures(database, Book(path), marking).derived()
    finally:
        database.close()
    gone = copy.editors - here.editors
    out = (Departure(about=About.EDITOR, mark=name, becomes=REMOVED, at=0.0) for name in gone)
    return [*known, *out]


def _brought_up(config: Config, part: Path, now: datetime) -> int:
    """Bring a copy up to this program's tables and to the book; how many it changed."""
    folder = house_folder(config)
    database = Database(f"sqlite:///{part}")
    departures = Departures(database, Book(folder / BOOK_FILE), Marking(the_keys(config)[-1]))
    try:
        upgrade(database, folder / "backups", now)
        return departures.open()
    finally:
        departures.close()
        database.close()


def _missed(desk: Desk, now: datetime) -> Iterator[tuple[str, str]]:
    for name, briefing in desk.config.briefings.items():
        last = desk.store.slots.last(name, now.timestamp())
        if briefing.schedule is None or last is None:
            continue
        since = datetime.fromtimestamp(last.due, UTC)
        for due in briefing.schedule.between(since, now):
            desk.store.slots.claim(name, due.slot, due.at.timestamp(), now.timestamp())
        for record in desk.store.slots.open(name):
            begun = record.edition is not None and desk.store.mailings.find(record.edition)
            if record.due <= now.timestamp() and not begun:
                why = "the database was restored from a backup; it may have been sent before"
                desk.store.slots.note(name, record.slot, Course.MISSED, now.timestamp(), reason=why)
                yield name, record.slot
