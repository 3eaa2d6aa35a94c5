"""`briefing run`: draft, render and send in one go."""

from pathlib import Path

import typer
from rich.text import Text

from briefing.cli.console import HELD, Bar, ConfigOption, configuration, out
from briefing.cli.draft import (
    BriefingArgument,
    RepeatOption,
    edition_table,
    show_facts,
    show_sources,
    tell_held,
)
from briefing.cli.render import email_facts
from briefing.cli.send import exit_code, letter_facts, tell_rest
from briefing.clock import utc_now
from briefing.desk.draft import draft
from briefing.desk.pick import the_briefing
from briefing.desk.render import render_edition
from briefing.desk.send import send_edition


def run(
    briefing: BriefingArgument = None,
    repeat: RepeatOption = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Make and send today's edition: `draft`, `render` and `send` in one go.

    Stops after the draft, with exit code 3, when a piece is held for a person's decision.
    """
    checked = configuration(config)
    bar, now = Bar(), utc_now()
    drafted = draft(checked, the_briefing(checked, briefing), now, bar, repeat=repeat)
    out.print(edition_table(drafted.edition))
    out.print()
    show_sources(drafted)
    if drafted.edition.held:
        tell_held(drafted.edition)
        raise typer.Exit(HELD)
    rendered = render_edition(checked, drafted.edition.id)
    show_facts(email_facts(rendered))
    sent = send_edition(checked, drafted.edition.id, utc_now, bar)
    show_facts(letter_facts(sent))
    tell_rest(sent)
    out.print(Text(f"\nLook: {rendered.html}\n      {sent.where}", style="bold"))
    raise typer.Exit(exit_code(sent))
