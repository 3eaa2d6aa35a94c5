"""`briefing entries`: what became of everything that sources have shown."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from briefing.cli.console import ConfigOption, JsonOption, at_desk, one_of, out, print_json, say
from briefing.counted import counted
from briefing.model.source_record import EntryQuery, EntryState

_NONE = "Nothing was read of these sources yet; `briefing draft` reads them, and so does `briefing serve`."


def entries(
    names: Annotated[list[str] | None, typer.Argument(help="Only of these sources.")] = None,
    state: Annotated[
        list[EntryState] | None,
        typer.Option(
            parser=one_of(EntryState),
            metavar="STATE",
            help=f"Only entries of this state ({', '.join(EntryState)}); may be repeated.",
        ),
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """List every entry that sources have shown, newest first, with what became of it and why."""
    from briefing.actions.gather.entries import as_record, count_entries, list_entries

    with at_desk(config) as desk:
        found = list_entries(desk, EntryQuery(sources=names or (), states=state or ()))
        counts = count_entries(desk, tuple(names or ()))
    if as_json:
        print_json(json.dumps([as_record(one) for one in found], ensure_ascii=False, indent=2))
        return
    if not found:
        say("No entry is of that state." if state else _NONE)
        return
    table = Table(box=None)
    for heading in ("Seen", "Source", "State", "Entry", "Why"):
        table.add_column(heading)
    for one in found:
        seen = datetime.fromtimestamp(one.entry.first, UTC)
        table.add_row(
            f"{seen:%-d %b %H:%M}", one.source, one.entry.state, Text(one.title), Text(one.said)
        )
    out.print(table)
    states = sum((Counter(one.states) for one in counts), Counter[EntryState]())
    sums = ", ".join(f"{count:,} {word}" for word, count in states.most_common())
    shown = f"{len(found):,} of " if len(found) != states.total() else ""
    say(f"{shown}{counted(states.total(), 'entry', 'entries')}" + (f": {sums}" if sums else ""))
