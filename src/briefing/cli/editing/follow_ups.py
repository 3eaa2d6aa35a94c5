"""`briefing follow-ups`: the stories of an edition that carry on earlier ones, and what is new in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from briefing.cli.console import ConfigOption, EditionArgument, actor, at_desk, out, say

if TYPE_CHECKING:
    from briefing.actions.editions.follow_ups import FollowUpLine

PrintOption = Annotated[
    list[str] | None,
    typer.Option("--print", metavar="STORY", help="Have the letter say it; may be repeated."),
]
HideOption = Annotated[
    list[str] | None,
    typer.Option("--hide", metavar="STORY", help="Leave it out of the letter; may be repeated."),
]


def follow_ups(
    edition: EditionArgument = None,
    printed: PrintOption = None,
    hidden: HideOption = None,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Show which stories carry on one of the last 14 days and what is new; print it in the letter or not.

    The sentence is the article's own, word for word. The editors' desk has the same switch.
    """
    from briefing.actions.editions.edit import change, sheet
    from briefing.actions.editions.follow_ups import follow_ups as find
    from briefing.actions.resolve_name import the_edition
    from briefing.model.change import PrintFollowUp

    asked = [(True, name) for name in printed or ()] + [(False, name) for name in hidden or ()]
    changes = [PrintFollowUp(item=name, printed=yes) for yes, name in asked]
    with at_desk(config) as desk:
        name = the_edition(desk, edition)
        if changes:
            change(desk, name, changes, seen=sheet(desk, name).version, actor=actor())
        found = find(desk, name)
    for line in found:
        out.print(_told(line))
    if not found:
        say(f"No story of {name} carries on one that was printed in the 14 days before.")
    elif changes:
        say(f"Next: briefing render {name}")


def _told(line: FollowUpLine) -> Text:
    before = line.follow_up
    text = Text(f"{line.item.headline} ({line.item.id})\n", style="bold")
    text.append(
        f"  carries on “{before.headline}” of {before.day:%A} {before.day.day} {before.day:%B} "
        f"({before.edition})\n",
        style="not bold",
    )
    if before.news is None:
        text.append("  No sentence of it says by itself what is new.", style="not bold")
        return text
    where = "in the letter" if before.printed else "not in the letter"
    text.append(f"  {line.label} {before.news.printed} [{where}]", style="not bold")
    return text
