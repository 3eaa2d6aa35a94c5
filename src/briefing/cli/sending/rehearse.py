"""`briefing rehearse`: what would go wrong with the next edition?"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from briefing.cli.console import REFUSED, ConfigOption, JsonOption, at_desk, print_json, say, warn
from briefing.cli.editing.draft import BriefingArgument
from briefing.counted import counted

if TYPE_CHECKING:
    from briefing.model.network.rehearsal import Rehearsal


def rehearse(
    briefing: BriefingArgument = None,
    as_json: JsonOption = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Rehearse the next edition in a copy of the house: a tenth of its letters go to a sink, none out.

    It says what would go wrong while there is time, and nothing of the house is changed. Exit code 1 means
    that something would.
    """
    from briefing.actions.resolve_name import the_briefing
    from briefing.actions.schedule.rehearse import rehearse as rehearse_next

    with at_desk(config) as desk:
        done = rehearse_next(desk, the_briefing(desk, briefing))
    if as_json:
        print_json(json.dumps(asdict(done), ensure_ascii=False, indent=2))
    else:
        _show(done)
    raise typer.Exit(REFUSED if done.concerns else 0)


def _show(done: Rehearsal) -> None:
    say(
        f"{done.briefing}, {done.slot}: {counted(done.stories, 'story', 'stories')}; "
        f"{counted(done.letters, 'letter')} for {counted(done.readers, 'reader')} went to the sink; "
        f"{done.seconds:.1f} seconds."
    )
    for one in done.concerns:
        warn(f"{one.subject}: {one.sentence}")
    if not done.concerns:
        say("Nothing would go wrong as things stand.")
