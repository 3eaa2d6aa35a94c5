"""`briefing init`: a folder to work in."""

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import say


def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make; it may be there and empty.")],
) -> None:
    """Make a working folder with config.toml, the templates and sample pages."""
    from briefing.actions.admin.init import make_house

    for made in make_house(folder):
        say(f"made {made}")
    say(f"Next: cd {folder} && briefing run", style="bold")
