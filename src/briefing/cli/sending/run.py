"""`briefing run`: draft, render and send one slot in one go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from briefing.cli.console import (
    HELD,
    Bar,
    ConfigOption,
    at_desk,
    out,
    say,
    show_facts,
)
from briefing.cli.editing.draft import (
    BriefingArgument,
    RepeatOption,
    edition_table,
    show_sources,
    tell_held,
)
from briefing.cli.editing.render import email_facts
from briefing.cli.sending.send import exit_code, letter_facts, tell_rest

if TYPE_CHECKING:
    from briefing.actions.editions.draft import Drafted
    from briefing.actions.schedule.run_slot import Ran
    from briefing.actions.sending.deliver import Sent

SlotOption = Annotated[
    str | None,
    typer.Option(
        "--slot",
        metavar="DAY",
        help="The local day of the slot, such as 2026-11-23, missed or skipped ones too; today's "
        "when left out.",
    ),
]


def run(
    briefing: BriefingArgument = None,
    slot: SlotOption = None,
    repeat: RepeatOption = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Make and send the edition of today's slot now: `draft`, `render` and `send` in one go.

    It goes on the same record as the clock's own editions: there is one edition a slot, and each
    reader gets one letter, however often this is called. What was approved is sent as it stands.
    Exit code 3 means that a person must decide or approve first.
    """
    from briefing.actions.resolve_name import the_briefing
    from briefing.actions.schedule.run_slot import run_slot

    with at_desk(config) as desk:
        name = the_briefing(desk, briefing)
        ran = run_slot(desk, name, Bar(), slot=slot, repeat=repeat)
    show_facts((("Slot", ran.slot),))
    if ran.drafted is not None:
        _show_draft(ran.drafted)
    if ran.sent is None:
        if ran.drafted is not None:
            tell_held(ran.drafted.edition)
        raise typer.Exit(HELD)
    _show_sending(ran, ran.sent)
    raise typer.Exit(exit_code(ran.sent))


def _show_draft(drafted: Drafted) -> None:
    out.print(edition_table(drafted.edition))
    out.print()
    show_sources(drafted)


def _show_sending(ran: Ran, sent: Sent) -> None:
    if ran.drafted is None:
        why = "its sending has begun before" if ran.rendered is None else "it is approved as it is"
        say(f"{sent.edition} is not drafted again: {why}.")
    if ran.rendered is not None:
        show_facts(email_facts(ran.rendered))
    show_facts(letter_facts(sent))
    tell_rest(sent)
    out.print(Text(f"\nLetters: {sent.where}", style="bold"))
    if ran.letter is not None:
        look = Text(f"Look, in a browser: {ran.letter.absolute().as_uri()}", style="bold")
        out.print(look, soft_wrap=True)  # a folded address opens nothing
