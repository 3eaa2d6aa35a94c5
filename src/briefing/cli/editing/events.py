"""`briefing events`: which pieces one story stands for; join, split, and take back what was said before."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from briefing.cli.console import ConfigOption, EditionArgument, actor, at_desk, out, say
from briefing.errors import EditionError
from briefing.model.change import Change, Join, Restore

if TYPE_CHECKING:
    from briefing.actions.editions.events.stories import EventLine
    from briefing.model.ruling import EventRuling

JoinOption = Annotated[
    str | None,
    typer.Option("--join", metavar="STORY", help="Have another story tell it; with --into."),
]
IntoOption = Annotated[
    str | None, typer.Option("--into", metavar="STORY", help="The story that tells it.")
]
SplitOption = Annotated[
    list[str] | None,
    typer.Option("--split", metavar="PIECE", help="Make it a story of its own; may be repeated."),
]
ForgetOption = Annotated[
    list[int] | None,
    typer.Option("--forget", metavar="N", help="Take a join or split back; may be repeated."),
]


def events(
    edition: EditionArgument = None,
    join: JoinOption = None,
    into: IntoOption = None,
    split: SplitOption = None,
    forget: ForgetOption = None,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Show which pieces each story stands for and why; join and split them, and take that back.

    What is joined and split holds for every later draft, until it is taken back; the editors' desk
    shows the same.
    """
    from briefing.actions.editions.edit import change, sheet
    from briefing.actions.editions.events.rulings import standing, take_back, told
    from briefing.actions.editions.events.stories import events as find
    from briefing.actions.resolve_name import the_edition

    changes = _changes(join, into, split)
    with at_desk(config) as desk:
        for number in forget or ():
            say(f"Taken back: {told(take_back(desk, number, actor=actor()))}.")
        name = the_edition(desk, edition)
        if changes:
            change(desk, name, changes, seen=sheet(desk, name).version, actor=actor())
        found, rulings = find(desk, name), standing(desk)
    for line in found:
        out.print(_told(line))
    if not found:
        say(f"Every story of {name} stands for itself, and none goes on from an earlier edition.")
    for ruling in rulings:
        out.print(_said(ruling, told(ruling)))
    if changes:
        say(f"Next: briefing render {name}")
    elif forget:
        say("Next: briefing draft")


def _changes(join: str | None, into: str | None, split: list[str] | None) -> list[Change]:
    if (join is None) != (into is None):
        raise EditionError(
            "Name both stories: --join the one that is told, --into the one that tells it."
        )
    joined: list[Change] = (
        [Join(item=join, into=into)] if join is not None and into is not None else []
    )
    return [*joined, *(Restore(item=piece) for piece in split or ())]


def _told(line: EventLine) -> Text:
    text = Text(f"{line.item.headline} ({line.item.id})\n", style="bold")
    for one in line.item.also_in:
        kind = "the same piece" if one.relation == "same" else "the same event"
        text.append(
            f"  stands for “{one.headline}” ({one.id}): {kind}, {one.reason}\n", style="not bold"
        )
        for sentence in one.alone:
            text.append(f"    it alone says: {sentence}\n", style="not bold")
    for before in line.before:
        text.append(f"  told before in {before.edition}: “{before.headline}”\n", style="not bold")
    for piece in line.perhaps:
        text.append(f"  may be the same as {piece}; nobody has said so\n", style="not bold")
    text.rstrip()
    return text


def _said(ruling: EventRuling, told: str) -> Text:
    on = datetime.fromtimestamp(ruling.at, UTC)
    return Text(f"{ruling.id}: {told} ({ruling.actor}, {on.day} {on:%B %Y}, in {ruling.edition})")
