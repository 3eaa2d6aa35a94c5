"""`briefing digest`: articles in, digests out, without an edition."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from briefing.cli.console import OK, REFUSED, ConfigOption, configuration, err, out, warn
from briefing.counted import counted
from briefing.errors import BriefingError, why

if TYPE_CHECKING:
    from briefing.actions.editions.blind_sheet import BlindSheet
    from briefing.actions.editions.bulk_digest import BadRecord, Explanation


def digest(
    source: Annotated[
        Path,
        typer.Argument(help="JSON lines {id, title?, text}; with --explain also a saved page."),
    ],
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Show each sentence's rating and why it was taken or left."),
    ] = False,
    sheet: Annotated[
        Path | None,
        typer.Option(
            help="Write a blind sheet to judge by: lead, ours and LexRank in an order drawn by lot; "
            "the key goes next to it as .key.jsonl."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Draws the order of the blind sheet.")] = 1,
    engine: Annotated[
        str | None, typer.Option(help="Another engine than the one of config.toml.")
    ] = None,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Digest articles: JSON lines in, JSON lines out on standard output, on all cores.

    Each output line is {id, summary, sentences: [{text, start, end}], engine, flags}. A line that is
    no such record is named on standard error and left out; the exit code is then 1.
    """
    from briefing.actions.editions.blind_sheet import blind_sheet
    from briefing.actions.editions.bulk_digest import (
        BadRecord,
        digest_lines,
        digest_settings,
        explain_lines,
        explain_page,
    )

    settings = digest_settings(configuration(config) if config.exists() else None, engine)
    if explain:
        lines = source.suffix == ".jsonl"
        read = explain_lines(_lines(source), settings) if lines else explain_page(source, settings)
        raise typer.Exit(_explain(read))
    if sheet is not None:
        raise typer.Exit(_write_sheet(sheet, blind_sheet(_lines(source), settings, seed)))
    bad = 0
    for line in digest_lines(_lines(source), settings):
        if isinstance(line, BadRecord):
            bad += 1
            warn(line)
        else:
            sys.stdout.write(line + "\n")
    raise typer.Exit(REFUSED if bad else OK)


def _write_sheet(path: Path, made: BlindSheet) -> int:
    """Write a blind sheet and its key; the exit code."""
    key = path.with_suffix(".key.jsonl")
    try:
        path.write_text(made.text, encoding="utf-8")
        key.write_text(made.key, encoding="utf-8")
    except OSError as error:
        raise BriefingError(
            f"{path} cannot be written: {error.strerror}. Name a file in a folder that is there."
        ) from error
    for line in made.bad:
        warn(line)
    out.print(f"{path} holds {counted(len(made.key.splitlines()), 'article')}; the key is {key}.")
    return REFUSED if made.bad else OK


def _lines(source: Path) -> Iterator[str]:
    """The file's lines; on a terminal a bar shows how much of it is read."""
    columns = (TextColumn("Digesting"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    try:
        size = source.stat().st_size
        with (
            source.open(encoding="utf-8") as file,
            Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar,
        ):
            task = bar.add_task("", total=size)
            for line in file:
                yield line
                bar.advance(task, len(line.encode()))
    except (OSError, UnicodeDecodeError) as error:
        raise BriefingError(
            f"{source} cannot be read: {why(error)}. Give a file of JSON lines."
        ) from error


def _explain(explained: Iterable[Explanation | BadRecord]) -> int:
    """Show each article's sentences; the exit code."""
    bad = 0
    for article in explained:
        if isinstance(article, str):
            bad += 1
            warn(article)
            continue
        headline, sentences = article
        out.print(Text(headline, style="bold underline"))
        for number, one in enumerate(sentences, 1):
            style = "green" if one.taken else "dim"
            out.print(Text(f"{number:>3} {one.rating:6.2f}  {one.sentence.text}", style=style))
            out.print(Text(f"            {one.reason}", style="cyan" if one.taken else "yellow"))
        out.print()
    return REFUSED if bad else OK
