"""`briefing tokens`: which programs of the house's own may ask the API."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from briefing.cli.console import ConfigOption, actor, at_desk, out, say
from briefing.model.network.access_token import Scope

app = typer.Typer(
    no_args_is_help=True,
    help="Which programs of your own may ask the API, for what and until when.",
)
NameArgument = Annotated[str, typer.Argument(help="What you call the program, such as crm.")]
_HERE = Path("config.toml")


@app.command()
def add(
    name: NameArgument,
    right: Annotated[
        list[Scope],
        typer.Option(
            "--right", help="read: editions and counts; readers: subscribe and leave; entries."
        ),
    ],
    days: Annotated[int, typer.Option("--days", help="How long it holds, 730 at most.")] = 90,
    config: ConfigOption = _HERE,
) -> None:
    """Make a token and print it, once: nobody can read it again."""
    from briefing.actions.admin.access_tokens import add_token

    with at_desk(config) as desk:
        say(add_token(desk, name, right, days, actor=actor()))


@app.command(name="list")
def list_tokens(config: ConfigOption = _HERE) -> None:
    """Every token: what it may, until when, and when it was used last."""
    with at_desk(config) as desk:
        found, now = desk.store.access_tokens.all(), desk.clock().timestamp()
    if not found:
        say("There are no tokens, so nobody can ask the API. `briefing tokens add` makes one.")
        return
    table = Table("Name", "May", "Until", "Last used", "Made by")
    for one in found:
        until = f"{_day(one.expires)}{' (over)' if one.expires <= now else ''}"
        used = _day(one.used) if one.used else "never"
        table.add_row(one.name, ", ".join(sorted(one.scopes)), until, used, one.made_by)
    out.print(table)


@app.command()
def remove(name: NameArgument, config: ConfigOption = _HERE) -> None:
    """Let a program ask no more, from now on."""
    from briefing.actions.admin.access_tokens import remove_token

    with at_desk(config) as desk:
        remove_token(desk, name, actor=actor())
    say(f"{name} may ask no more.")


def _day(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%-d %B %Y}"
