"""What all commands share: the screen, the progress bar, and errors as sentences."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from briefing.config import Config, load_config

T = TypeVar("T")

#: Exit codes of every command; 2 is Typer's own, for wrong usage.
OK, REFUSED, HELD = 0, 1, 3

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

ConfigOption = Annotated[
    Path, typer.Option("--config", "-c", help="The configuration file.", show_default=True)
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object, for programs.")]


def configuration(path: Path) -> Config:
    """The checked configuration of a command."""
    return load_config(path)


def say(sentence: str, *, style: str = "") -> None:
    """Print a sentence for a person; text from pages is never read as markup."""
    out.print(sentence, style=style, markup=False)


def warn(sentence: str, *, style: str = "yellow") -> None:
    """Print a sentence on standard error, so that it never mixes with a program's JSON."""
    err.print(sentence, style=style, markup=False)


def print_json(text: str) -> None:
    """Print JSON as it is: no colour, no wrapping."""
    sys.stdout.write(text + "\n")


class Bar:
    """A progress bar on a terminal, one plain line when done everywhere else."""

    def track(self, things: Iterable[T], label: str, total: int) -> Iterator[T]:
        """Yield the things one by one, drawing how many are done."""
        if not err.is_terminal:
            yield from things
            err.print(f"{label}: {total} done", markup=False)
            return
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=err, transient=True) as progress:
            yield from progress.track(things, total=total, description=label)
