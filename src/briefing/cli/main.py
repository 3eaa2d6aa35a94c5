"""`briefing`: the command and its sub-commands."""

import sys
from collections import UserDict
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from briefing.cli.console import HELD, REFUSED, warn
from briefing.errors import BriefingError, EditionHeld

#: Where each sub-command is: the module of this package, and its name there. In the order of the help.
_COMMANDS = {
    "split": ("split", "split"),
    "digest": ("digest", "digest"),
    "draft": ("draft", "draft"),
    "render": ("render", "render"),
    "lint": ("lint", "lint"),
    "approve": ("approve", "approve"),
    "reject": ("approve", "reject"),
    "send": ("send", "send"),
    "retry": ("send", "retry"),
    "deliveries": ("mailings", "deliveries"),
    "pause": ("mailings", "pause"),
    "resume": ("mailings", "resume"),
    "abort": ("mailings", "abort"),
    "sources": ("sources", "app"),
    "sponsors": ("sponsors", "app"),
    "subscribers": ("subscribers", "app"),
    "schedule": ("schedule", "schedule"),
    "status": ("schedule", "status"),
    "bounces": ("keeping", "bounces"),
    "backup": ("keeping", "backup"),
    "restore": ("keeping", "restore"),
    "db": ("keeping", "db"),
    "desk": ("desk", "desk"),
    "editors": ("editors", "app"),
    "serve": ("serve", "serve"),
    "scheduler": ("serve", "scheduler"),
    "worker": ("worker", "worker"),
    "sender": ("serve", "sender"),
    "run": ("run", "run"),
    "check": ("check", "check"),
    "init": ("init", "init"),
}


class _Imported(UserDict[str, Any]):
    """The sub-commands by name; one is imported when it is asked for: nobody waits for the others."""

    def __getitem__(self, name: str) -> Any:
        module, attribute = self.data[name]
        found = getattr(import_module(f"briefing.cli.{module}"), attribute)
        if isinstance(found, typer.Typer):
            command: Any = get_group(found)
        else:
            alone = typer.Typer(add_completion=False)
            alone.command(name)(found)
            command = get_command(alone)
        command.name = name
        return command


class _Commands(TyperGroup):
    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = _Imported(_COMMANDS)


app = typer.Typer(
    name="briefing",
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="From saved pages to a sent politics briefing.\n\n"
    "Begin with `briefing init DIR`, then `briefing run` in that folder. Exit codes: 0 done, "
    "1 refused (the reason is on standard error), 2 wrong usage, 3 held for a person's decision.",
)


@app.callback()
def _briefing() -> None:
    """Without a callback Typer would take the app for one command."""


def run() -> None:
    """Run the command line; an error the program foresees is a sentence, never a traceback."""
    try:
        app()
    except BriefingError as error:
        warn(str(error), style="red")
        sys.exit(HELD if isinstance(error, EditionHeld) else REFUSED)
