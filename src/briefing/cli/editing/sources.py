"""`briefing sources`: how each source stands, and following new ones."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from briefing.cli.console import (
    OK,
    REFUSED,
    ConfigOption,
    JsonOption,
    at_desk,
    configuration,
    out,
    print_json,
    say,
    warn,
)
from briefing.counted import counted

if TYPE_CHECKING:
    from briefing.actions.gather.source_status import SourceState

_COLOURS = {
    "ok": "green",
    "partly": "yellow",
    "failing": "red",
    "silent": "yellow",
    "new": "yellow",
}

app = typer.Typer(
    invoke_without_command=True,
    help="Show how each source stands: last good fetch, next try, pages, stories used, and what was dropped.\n\n"
    "`read` asks them now; `add`, `import` and `export` are for following more. None of them writes "
    "config.toml: they print the tables to paste.",
)


@app.callback()
def sources(
    context: typer.Context, as_json: JsonOption = False, config: ConfigOption = Path("config.toml")
) -> None:
    """Show how each source stands."""
    from briefing.actions.gather.source_status import states

    if context.invoked_subcommand is not None:
        given = context.get_parameter_source("config")
        if given is not None and given.name != "DEFAULT":
            raise typer.BadParameter(f"give --config after {context.invoked_subcommand!r}")
        return
    with at_desk(config) as desk:
        found = states(desk)
    if as_json:
        print_json(json.dumps([_record(state) for state in found], ensure_ascii=False, indent=2))
        return
    _show(found)


@app.command()
def read(
    names: Annotated[list[str] | None, typer.Argument(help="Only these sources.")] = None,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Ask sources now, due or not, and keep what they answer. Exit code 1 when one of them fails."""
    from briefing.actions.gather.refresh_sources import read_now
    from briefing.actions.gather.source_status import states

    with at_desk(config) as desk:
        read_sources = read_now(desk, tuple(names or ()))
        for source in read_sources:
            for fault in source.faults:
                warn(fault)
        _show(tuple(state for state in states(desk) if not names or state.name in names))
    raise typer.Exit(REFUSED if any(source.faults for source in read_sources) else OK)


@app.command()
def add(
    address: Annotated[str, typer.Argument(help="The address of a site, a page of it, or a feed.")],
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Find the feed of a site and print its table, to be pasted into config.toml."""
    from briefing.actions.gather.follow_feed import find_feeds

    for found in find_feeds(configuration(config), address):
        title = f"# {found.title or 'A feed without a title'}: {counted(found.entries, 'entry', 'entries')}"
        newest = "".join(f"\n#   {headline}" for headline in found.headlines)
        say(f"{title}{newest}\n{found.table}")
    warn(f"Paste it into {config}, and name it in the `sources` of a briefing.")


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="An OPML file, as readers of feeds export it.")],
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Print a table for each feed of an OPML file that is not followed yet."""
    from briefing.actions.gather.follow_feed import import_opml

    tables = import_opml(configuration(config), file)
    for table in tables:
        say(table)
    warn(
        f"{counted(len(tables), 'feed')}. Paste what you want into {config}, and name it in the `sources` "
        "of a briefing."
    )


@app.command()
def export(config: ConfigOption = Path("config.toml")) -> None:
    """Print every feed of config.toml as OPML, for other readers."""
    from briefing.actions.gather.follow_feed import export_opml

    print_json(export_opml(configuration(config)).rstrip())


def _show(found: tuple[SourceState, ...]) -> None:
    table = Table(box=None, header_style="bold", padding=(0, 1, 0, 0), caption_justify="left")
    table.caption = "Times are UTC."
    for heading in (
        "Source",
        "Kind",
        "State",
        "Last good",
        "Next try",
        "Pages",
        "Stories",
        "Dropped",
    ):
        right = heading in ("Pages", "Stories", "Dropped")
        table.add_column(heading, justify="right" if right else "left", no_wrap=heading != "Source")
    for state in found:
        reading = state.reading
        failing = f"{state.state} {state.failures}" if state.failures > 1 else state.state
        table.add_row(
            Text(state.name),
            state.kind,
            Text(failing, style=_COLOURS[state.state]),
            _moment(state.last_good),
            _moment(state.next_try) if state.kind != "pages" else "each draft",
            *(
                (str(reading.found), str(reading.used), str(sum(n for _, n in reading.dropped)))
                if reading
                else ("-", "-", "-")
            ),
        )
    out.print(table)
    for state in found:
        _remarks(state)


def _remarks(state: SourceState) -> None:
    lines = [*state.remarks]
    if state.reading:
        lines += [f"dropped {count}: {rule}" for rule, count in state.reading.dropped]
    if not state.briefings:
        lines.append("no briefing prints it; name it in the `sources` of one")
    if lines:
        out.print()
        out.print(Text(state.name, style="bold") + Text(f"  {state.place}", style="dim"))
        for line in lines:
            out.print(Text(f"  {line}"))


def _moment(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%d %b %H:%M}" if seconds else "-"


def _iso(seconds: float) -> str | None:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds") if seconds else None


def _record(state: SourceState) -> dict[str, object]:
    reading = state.reading
    return {
        **{key: value for key, value in asdict(state).items() if key != "silence"},
        "last_good": _iso(state.last_good),
        "next_try": _iso(state.next_try),
        "silent_since": _iso(state.silence.since) if state.silence else None,
        "reading": {
            "at": _iso(reading.at),
            "found": reading.found,
            "used": reading.used,
            "dropped": dict(reading.dropped),
            "fault": reading.fault,
        }
        if reading
        else None,
    }
