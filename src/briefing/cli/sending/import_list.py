"""`briefing subscribers import` and `migrate`: lists of this and other programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import (
    OK,
    REFUSED,
    Bar,
    ConfigOption,
    JsonOption,
    actor,
    at_desk,
    print_json,
    say,
    show_facts,
    warn,
)
from briefing.counted import counted
from briefing.model.subscriber import Standing

if TYPE_CHECKING:
    from briefing.actions.context import Desk
    from briefing.actions.readers.import_list import Imported, ReadOptions

ListOption = Annotated[
    str | None, typer.Option("--list", "-l", help="The list; not needed where there is one.")
]
ColumnOption = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="FIELD=HEADER", help="For instance email=Mailadresse."),
]
IgnoreOption = Annotated[
    list[str] | None,
    typer.Option("--ignore", metavar="HEADER", help="A column that does not say who has left."),
]
StatusOption = Annotated[
    list[str] | None,
    typer.Option(
        "--status", metavar="WORD=STANDING", help="What a state's word means: Baja=unsubscribed."
    ),
]
StandingOption = Annotated[
    Standing | None, typer.Option("--standing", help="How everybody on the file stands.")
]
EncodingOption = Annotated[
    str | None, typer.Option(help="How the file is written; looked for unless named.")
]
_HERE = Path("config.toml")


def import_(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="CSV; its first row names columns.")],
    list_name: ListOption = None,
    column: ColumnOption = None,
    ignore: IgnoreOption = None,
    status: StatusOption = None,
    standing: StandingOption = None,
    encoding: EncodingOption = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Check the file, add nobody.")] = False,
    report: Annotated[
        Path | None, typer.Option(help="Write what became of every row into this CSV file.")
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = _HERE,
) -> None:
    """Put a file's addresses on a list. Nobody who has left, here or elsewhere, gets letters by it.

    Exit code 1 means that at least one row is not a subscriber; the rest was taken. A column or a word
    that might say who has left, and is not known, stops the import before anything is written.
    """
    from briefing.actions.readers.import_list import reading_of

    reading = reading_of(column or [], ignore or [], status or [], standing, encoding)
    with at_desk(config) as desk:
        done = _import(desk, list_name, path, reading, dry=dry, report=report)
    if as_json:
        print_json(json.dumps(asdict(done), ensure_ascii=False, indent=2))
    else:
        _show(done, dry=dry)
    _warn(done)
    raise typer.Exit(REFUSED if done.bad else OK)


def migrate(
    paths: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="All files of another program's export.")
    ],
    list_name: ListOption = None,
    column: ColumnOption = None,
    ignore: IgnoreOption = None,
    status: StatusOption = None,
    standing: StandingOption = None,
    encoding: EncodingOption = None,
    dry: Annotated[bool, typer.Option("--dry-run", help="Show, and write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: ConfigOption = _HERE,
) -> None:
    """Move here from another program: show who will get letters, who will not and why, then write it.

    Who left, bounced, complained or never confirmed there stays so here. Exit code 1 means that a row
    is not a subscriber, or that nothing was written.
    """
    from briefing.actions.readers.import_list import reading_of
    from briefing.actions.resolve_name import the_list

    reading = reading_of(column or [], ignore or [], status or [], standing, encoding)
    with at_desk(config) as desk:
        name = the_list(desk, list_name)
        # All files are read before the first one is written: the next may say who has left.
        for path in paths:
            _preview(path, _import(desk, name, path, reading, dry=True))
        if dry:
            return
        if not yes:
            typer.confirm(f"Put them on the list {name!r}?", abort=True)
        done = [_import(desk, name, path, reading) for path in dict.fromkeys(paths)]
    for one in done:
        _warn(one)
    say(
        f"{name}: {sum(one.added for one in done):,} joined, {sum(one.gone for one in done):,} are kept as gone, "
        f"{sum(one.waiting for one in done):,} wait. `briefing subscribers find ADDRESS` tells why."
    )
    raise typer.Exit(REFUSED if any(one.bad for one in done) else OK)


def _import(
    desk: Desk,
    list_name: str | None,
    path: Path,
    reading: ReadOptions,
    *,
    dry: bool = False,
    report: Path | None = None,
) -> Imported:
    from briefing.actions.readers.import_list import import_list
    from briefing.actions.resolve_name import the_list

    return import_list(
        desk,
        the_list(desk, list_name),
        path,
        actor=actor(),
        keeps=not dry,
        reading=reading,
        progress=Bar(),
        report=report,
    )


def _preview(path: Path, done: Imported) -> None:
    say(f"{path}{f' ({done.program})' if done.program else ''}")
    show_facts(
        (
            ("Letters", f"{done.added:,} will get them"),
            *(
                ("None", f"{count:,} will not: {why}, for instance {example}")
                for why, count, example in done.reasons
            ),
            ("Bad", counted(done.bad, "row is not a subscriber", "rows are not subscribers")),
        )
    )
    _warn(done)


def _show(done: Imported, *, dry: bool) -> None:
    show_facts(
        (
            ("Would add" if dry else "Added", f"{done.added:,}"),
            ("Updated", f"{done.updated:,}"),
            ("There", f"{done.there:,} were on the list already"),
            ("Left", f"{done.opted_out:,} have opted out before and were not brought back"),
            *(
                ("Gone", f"{count:,} {why}: no letters, as where they come from")
                for why, count, _ in done.reasons
            ),
            ("Bad", counted(done.bad, "row is not a subscriber", "rows are not subscribers")),
        )
    )


def _warn(done: Imported) -> None:
    for sentence in done.sentences:
        warn(sentence)
    more = done.bad + done.opted_out - len(done.sentences)
    if more > 0:
        warn(f"... and {more:,} more; --report FILE writes down every row.")
