"""What all commands share: the screen, the progress bar, and errors as sentences."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer
from rich.console import Console
from rich.text import Text

from briefing.actions.progress import one
from briefing.clock import utc_now
from briefing.errors import BriefingError, EditionHeld

if TYPE_CHECKING:
    from rich.progress import Progress, Task

    from briefing.actions.context import Desk
    from briefing.config import Config

T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)

#: Exit codes of every command; 2 is Typer's own, for wrong usage.
OK, REFUSED, HELD = 0, 1, 3

# Without emoji: line 100 of a file, written `config.toml:100:`, is a place and not a picture.
out = Console(highlight=False, soft_wrap=True, emoji=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)

_UNWRITTEN = (
    "What is printed could not be written to its end: {}. Lead it to a place with room; "
    "`briefing status` shows what was done."
)

ConfigOption = Annotated[
    Path, typer.Option("--config", "-c", help="The configuration file.", show_default=True)
]
EditionArgument = Annotated[
    str | None,
    typer.Argument(
        help="An edition's name, or a briefing's for its newest; not needed where there is one briefing."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")]


def configuration(path: Path) -> Config:
    """The checked configuration of a command."""
    from briefing.config import load_config

    return load_config(path)


@contextmanager
def at_desk(path: Path) -> Iterator[Desk]:
    """The desk of a configuration, open for one command.

    Raises:
        StoreError: when the store cannot be opened.
    """
    from briefing.actions.context import open_desk

    with open_desk(configuration(path), utc_now) as desk:
        yield desk


def one_of(words: type[Word]) -> Callable[[str], Word]:
    """Reads one of the words of an option, and names all of them where it is another."""

    def read(written: str) -> Word:
        try:
            return words(written.strip().lower())
        except ValueError:
            known = ", ".join(words)
            raise typer.BadParameter(f"{written!r} is none of these: {known}.") from None

    return read


def a_day(written: str) -> date:
    """Reads a day of an option, and shows how one is written where it is not one."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        raise typer.BadParameter(
            f"{written!r} is not a day. Write year, month and day, such as 2026-11-30."
        ) from None


def run_app(app: Callable[[], object]) -> None:
    """Run a command line; an error the program foresees is a sentence, never a traceback.

    What it writes is its own: addresses and keys are in it, whatever the umask of whoever starts it.
    """
    os.umask(0o077)
    _prepare_streams()
    try:
        _run_and_print(app)
    except BriefingError as error:
        warn(str(error), style="red")
        sys.exit(HELD if isinstance(error, EditionHeld) else REFUSED)
    except OSError as error:
        if not _is_stuck():
            _tell_of_file(error)
            sys.exit(REFUSED)
        if error.errno != errno.EPIPE:  # whoever read on has read enough
            warn(_UNWRITTEN.format(error.strerror), style="red")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(REFUSED)


#: What a file or folder may be to this user, or to this machine, that no program can help. Of any other
#: error the whole way there is wanted.
_OUTSIDE = frozenset(
    getattr(errno, name)
    for name in "EACCES EPERM EROFS ENOSPC EDQUOT EIO ENOENT ENOTDIR EISDIR ENAMETOOLONG ELOOP".split()
)


def _tell_of_file(error: OSError) -> None:
    """Name the file that this user may not use, or that is not there; anything else is raised again."""
    if error.errno not in _OUTSIDE or not error.filename:
        raise error
    warn(
        f"{os.fsdecode(error.filename)} cannot be used: {error.strerror}. Correct its place, or who may "
        "read and write it, and try again.",
        style="red",
    )


def _prepare_streams() -> None:
    """Let a terminal without our letters show others in their place, and a closed input be an empty one."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - as long as the process


def _run_and_print(app: Callable[[], object]) -> None:
    try:
        app()
    finally:
        if sys.stdout is not None:
            sys.stdout.flush()


def _is_stuck() -> bool:
    """Whether nothing can be printed where output is led to, such as a full disk."""
    try:
        print(flush=True)  # noqa: T201 - a file that keeps nothing back tells it by a write alone
    except OSError:
        return True
    return False


def actor() -> str:
    """Who is at the terminal, for the readers' record."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        return "terminal"


def say(sentence: str, *, style: str = "") -> None:
    """Print a sentence for a person; text from pages is never read as markup."""
    out.print(sentence, style=style, markup=False)


def warn(sentence: str, *, style: str = "yellow") -> None:
    """Print a sentence on standard error, so that it never mixes with a program's JSON."""
    err.print(sentence, style=style, markup=False)


#: The least width of the column of names.
_NAMES = 10


def show_facts(facts: tuple[tuple[str, str], ...]) -> None:
    """Name and value, one a line, in two columns."""
    width = max((len(name) for name, _ in facts), default=0) + 1
    for name, value in facts:
        out.print(Text(f"{name:<{max(width, _NAMES)}}", style="dim") + Text(value))


def print_json(text: str) -> None:
    """Print JSON as it is: no colour, no wrapping."""
    sys.stdout.write(text + "\n")


class Bar:
    """A progress bar with rate and time left on a terminal, one plain line everywhere else."""

    def track(
        self, things: Iterable[T], label: str, total: int, size: Callable[[T], int] = one
    ) -> Iterator[T]:
        """Yield the things one by one, drawing how many are done."""
        if not err.is_terminal:
            done = 0
            for thing in things:
                yield thing
                done += size(thing)
            err.print(f"{label}: {done:,} done", markup=False)
            return
        with _bar() as progress:
            task = progress.add_task(label, total=total)
            for thing in things:
                yield thing
                progress.advance(task, size(thing))

    @contextmanager
    def counting(self, label: str, total: int) -> Iterator[Callable[[], None]]:
        """Draw work that is done elsewhere."""
        if not err.is_terminal or not total:
            yield lambda: None
            return
        with _bar() as progress:
            task = progress.add_task(label, total=total)
            yield lambda: progress.advance(task)


def _bar() -> Progress:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    class Rate(ProgressColumn):
        """How many a second."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text("" if speed is None else f"{speed:,.0f}/s", style="progress.data.speed")

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=err, transient=True)
