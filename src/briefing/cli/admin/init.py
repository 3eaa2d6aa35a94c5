"""`briefing init`: a folder to work in."""

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import ConfigOption, configuration, say, warn
from briefing.clock import utc_now
from briefing.counted import counted


def init(
    folder: Annotated[
        Path | None, typer.Argument(help="The folder to make; it may be there and empty.")
    ] = None,
    new_house: Annotated[
        bool,
        typer.Option(
            "--new-house", help="Begin again where the database or the signing key is lost."
        ),
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Make a working folder with config.toml, the templates and sample pages."""
    from briefing.actions.admin.init import make_house

    if new_house:
        _begin_again(config if folder is None else folder / "config.toml", yes)
        return
    if folder is None:
        raise typer.BadParameter("Name the folder to make: `briefing init FOLDER`.")
    for made in make_house(folder):
        say(f"made {made}")
    say(f"Next: cd {folder} && briefing run", style="bold")


def _begin_again(path: Path, yes: bool) -> None:
    from briefing.actions.admin.init import begin_new_house

    checked = configuration(path)
    if not yes:
        typer.confirm(
            "Put away what is left of this house and begin with an empty database? Readers, "
            "editors, editions and what was sent to whom are not in it.",
            abort=True,
        )
    kept, departures = begin_new_house(checked, utc_now())
    say(f"A new house; what was left of the old one is in {kept}.")
    say(f"The book of departures goes on to count: {counted(departures, 'line')}.")
    if not departures:
        warn("Nothing is known of who left. Take them off the list's file before anything is sent.")
