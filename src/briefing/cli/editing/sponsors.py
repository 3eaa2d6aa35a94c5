"""`briefing sponsors`: how the program's guesses at paid copy fare against the editors' decisions."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.table import Table
from rich.text import Text

from briefing.cli.console import ConfigOption, JsonOption, at_desk, out, print_json, say

if TYPE_CHECKING:
    from briefing.actions.editions.sponsor_report import Band, Scores, Thresholds

app = typer.Typer(no_args_is_help=True, help="What editors decided about paid copy.")


@app.callback()
def sponsors() -> None:
    """What editors decided about paid copy."""


@app.command()
def report(as_json: JsonOption = False, config: ConfigOption = Path("config.toml")) -> None:
    """Show the editors' decisions against the points the program had counted.

    With enough decisions it names the thresholds that would have served them best.
    """
    from briefing.actions.editions.sponsor_report import ENOUGH, scores

    with at_desk(config) as desk:
        found = scores(desk)
    if as_json:
        told = asdict(found) | {"surprises": [asdict(ruling) for ruling in found.surprises]}
        print_json(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if not found.decisions:
        say("No editor has decided anything yet; held pieces are decided at `briefing desk`.")
        return
    out.print(_bands(found))
    say(f"As it is: {_fate(found.now)}")
    if found.best is None:
        count = len(found.decisions)
        many = f"{count} decision{'s' * (count != 1)} so far"
        say(f"{many}; from {ENOUGH} on, better thresholds are looked for.")
    elif found.best == found.now:
        say("No other thresholds would have served these decisions better.")
    else:
        say(f"Better for these decisions: {_fate(found.best)}")
    if found.surprises:
        out.print(_surprises(found))


def _bands(found: Scores) -> Table:
    table = Table(title="Decisions by points", title_justify="left", box=None, header_style="bold")
    for title in ("Points", "Editorial", "Sponsored"):
        table.add_column(title, justify="left" if title == "Points" else "right")
    for band in found.bands:
        table.add_row(_span(band), f"{band.editorial:,}", f"{band.sponsored:,}")
    return table


def _span(band: Band) -> str:
    if band.low is None:
        return f"below {band.high}"
    return f"{band.low} and more" if band.high is None else f"{band.low} to {band.high - 1}"


def _fate(one: Thresholds) -> str:
    return (
        f"unsure from {one.unsure} points, sponsored from {one.sponsored}: {one.held} asked about, "
        f"{one.missed} adverts taken for reports, {one.accused} reports taken for adverts."
    )


def _surprises(found: Scores) -> Table:
    table = Table(title="Against the program", title_justify="left", box=None, header_style="bold")
    for title in ("Points", "It said", "Decided", "By", "Piece"):
        table.add_column(title, overflow="fold")
    for ruling in found.surprises:
        table.add_row(
            f"{ruling.score}", ruling.thought, ruling.verdict, ruling.actor, Text(ruling.headline)
        )
    return table
