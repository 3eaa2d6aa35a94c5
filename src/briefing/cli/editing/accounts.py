"""`briefing editors`: who may come to the desk."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from briefing.cli.console import ConfigOption, actor, configuration, out, say
from briefing.errors import DeskError
from briefing.model.editor import Role

app = typer.Typer(no_args_is_help=True, help="Who may come to the editors' desk, and as what.")
NameArgument = Annotated[str, typer.Argument(help="As the desk's log names them.")]
_ROLES = "viewer looks; editor changes; approver approves too; ops steers."
RoleOption = Annotated[Role, typer.Option("--role", help=_ROLES)]
RoleArgument = Annotated[Role, typer.Argument(metavar="ROLE", help=_ROLES)]


@app.command()
def add(
    name: NameArgument, role: RoleOption = Role.EDITOR, config: ConfigOption = Path("config.toml")
) -> None:
    """Let somebody sign in. Asks for a password; where nobody can type, it is one line of input."""
    from briefing.actions.admin.accounts import add_editor
    from briefing.actions.audit import log_action
    from briefing.actions.context import open_desk

    checked = configuration(config)
    password = _password()
    with open_desk(checked) as desk:
        add_editor(desk, name, role, password)
        log_action(desk, actor(), "add editor", detail=f"{name} as {role}")
    say(f"{name} may come to the desk as {role}.")


@app.command()
def password(name: NameArgument, config: ConfigOption = Path("config.toml")) -> None:
    """Give somebody another password; they are signed out everywhere."""
    from briefing.actions.admin.accounts import change_password
    from briefing.actions.audit import log_action
    from briefing.actions.context import open_desk

    checked = configuration(config)
    written = _password()
    with open_desk(checked) as desk:
        change_password(desk, name, written)
        log_action(desk, actor(), "password", detail=name)
    say(f"{name} has another password, and is signed out everywhere.")


@app.command()
def role(
    name: NameArgument, becomes: RoleArgument, config: ConfigOption = Path("config.toml")
) -> None:
    """Give somebody another role; they are signed out everywhere."""
    from briefing.actions.audit import log_action
    from briefing.actions.context import open_desk

    with open_desk(configuration(config)) as desk:
        desk.store.editors.change(name, role=becomes)
        log_action(desk, actor(), "role", detail=f"{name} is {becomes}")
    say(f"{name} is {becomes} now.")


@app.command()
def remove(name: NameArgument, config: ConfigOption = Path("config.toml")) -> None:
    """Let somebody in no more. What they did stays in the log."""
    from briefing.actions.audit import log_action
    from briefing.actions.context import open_desk

    with open_desk(configuration(config)) as desk:
        desk.store.editors.remove(name)
        log_action(desk, actor(), "remove editor", detail=name)
    say(f"{name} comes to the desk no more.")


@app.command()
def passkeys(
    name: NameArgument,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take all of them away: the device is lost, say.")
    ] = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """What somebody signs in and approves with. They add their own at the desk, under their name."""
    from briefing.actions.context import open_desk
    from briefing.actions.review.passkeys import remove_passkey

    with open_desk(configuration(config)) as desk:
        found, editor = desk.store.passkeys.of(name), desk.store.editors.find(name)
        for passkey in found if remove else ():
            remove_passkey(desk, passkey, actor())
    for passkey in found:
        say(f"{passkey.title}, since {datetime.fromtimestamp(passkey.since, UTC):%-d %B %Y}")
    if not (found or editor):
        raise DeskError(f"There is no editor {name!r}; `briefing editors list` names them all.")
    if not found:
        say(f"{name} has no passkey.")
    elif remove:
        say(f"Removed. {name} signs in with a password, and approves without a signature.")


@app.command(name="list")
def list_editors(config: ConfigOption = Path("config.toml")) -> None:
    """Everybody who may sign in."""
    from briefing.actions.context import open_desk

    with open_desk(configuration(config)) as desk:
        found = desk.store.editors.all()
    if not found:
        say(
            "There are no editors. On this machine `briefing desk` prints a link that signs you in."
        )
        return
    table = Table("Name", "Role")
    for editor in found:
        table.add_row(editor.name, editor.role)
    out.print(table)


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
