"""`briefing backup`, `restore`, `bounces` and `db upgrade`: looking after what is kept."""

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import ConfigOption, configuration, say
from briefing.cli.draft import show_facts
from briefing.clock import utc_now
from briefing.desk.backup import make_backup, restore_backup, upgrade_database
from briefing.desk.bounces import read_bounces

db = typer.Typer(no_args_is_help=True, help="The database: bring it up to date.")


def backup(
    path: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="By default var/backups/TIME.db.")
    ] = None,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Copy the database while the desk works, and verify the copy."""
    say(f"{make_backup(configuration(config), utc_now(), path)}: copied and verified")


def restore(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A copy made by `backup`.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Put a backup in the database's place. Every mailing in it wakes paused."""
    checked = configuration(config)
    if not yes:
        typer.confirm(
            f"Replace the database by {path}? Stop every other briefing first.", abort=True
        )
    kept = restore_backup(checked, path, utc_now())
    say(f"{path} is the database now; the old one is {kept}.")
    say("Mailings that were being sent are paused: see `briefing deliveries`, then `resume`.")


def bounces(config: ConfigOption = Path("config.toml")) -> None:
    """Read the bounce mailbox: addresses that take no mail, and complaints, get no more letters."""
    read = read_bounces(configuration(config), utc_now)
    show_facts(
        (
            ("Messages", f"{read.read:,} read, {read.known:,} of them counted before"),
            ("Bounces", f"{read.hard:,} hard, {read.soft:,} soft"),
            ("Complaints", f"{read.complaints:,}"),
            ("Ignored", f"{read.ignored:,} that prove nothing about a letter of ours"),
        )
    )


@db.command()
def upgrade(config: ConfigOption = Path("config.toml")) -> None:
    """Bring the database up to date, after a copy. Every command does so by itself."""
    checked = configuration(config)
    say(f"{checked.database_name}: at revision {upgrade_database(checked, utc_now())}")
