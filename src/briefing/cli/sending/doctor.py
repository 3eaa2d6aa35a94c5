"""`briefing doctor`: what would mailbox providers say to our letters?"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.text import Text

from briefing.cli.console import REFUSED, ConfigOption, JsonOption, at_desk, out, print_json, say
from briefing.counted import counted

if TYPE_CHECKING:
    from briefing.actions.review.examination import SenderReport

_STYLES = {"good": "green", "unknown": "dim", "poor": "yellow", "refused": "bold red"}


def doctor(as_json: JsonOption = False, config: ConfigOption = Path("config.toml")) -> None:
    """Examine the sender as providers do: DNS, the relay, the way out of the list, headers, size, complaints.

    Exit code 1 means that a provider refuses letters for good as things stand.
    """
    from briefing.actions.review.examination import examine_sender

    with at_desk(config) as desk:
        found = examine_sender(desk)
    if as_json:
        print_json(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        _show(found)
    raise typer.Exit(REFUSED if any(one.health == "refused" for one in found) else 0)


def _show(found: SenderReport) -> None:
    for one in found:
        out.print(Text.assemble((f"{one.health:8}", _STYLES[one.health]), (one.subject, "bold")))
        _line(one.found)
        for record in one.publish:
            _line(record, "cyan")
        if one.health != "good":
            since = f"since {one.rule.since}, checked {one.rule.checked}"
            _line(f"{one.rule.asks}; {one.rule.source}; {since}", "dim")
    bad = sum(one.health in ("poor", "refused") for one in found)
    say(f"{counted(len(found), 'thing')} looked at, {bad} to put right.")


def _line(text: str, style: str = "") -> None:
    """A line that the terminal may wrap and nobody breaks: records are copied from it."""
    out.print(Text(f"        {text}", style=style), soft_wrap=True)
