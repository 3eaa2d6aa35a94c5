"""`briefing backup`, `restore` and `db`: looking after what is kept."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import ConfigOption, at_desk, configuration, say, warn
from briefing.clock import utc_now
from briefing.counted import counted

if TYPE_CHECKING:
    from briefing.actions.admin.restore import Outlook

db = typer.Typer(
    no_args_is_help=True, help="The database: its revision, and its move to PostgreSQL."
)


def backup(
    path: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="By default var/backups/TIME.db.")
    ] = None,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Copy the database while the desk works, and verify the copy."""
    from briefing.actions.admin.backup import make_backup

    with at_desk(config) as desk:
        say(f"{make_backup(desk, path)}: copied and verified")
    say("It carries the book of departures, and not signing.key: keep that apart, once, elsewhere.")


def restore(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A copy made by `backup`.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Put a backup in the database's place. Every mailing in it wakes paused."""
    from briefing.actions.admin.restore import look_at_backup, restore_backup

    checked = configuration(config)
    _tell(look_at_backup(checked, path))
    if not yes:
        typer.confirm(
            f"Replace the database by {path}? Stop every other briefing first.", abort=True
        )
    restored = restore_backup(checked, path, utc_now)
    old = f"the old one is {restored.kept}" if restored.kept.exists() else "there was no old one"
    say(f"{path} is the database now; {old}.")
    changed = counted(restored.changed, "reader or editor", "readers and editors")
    say(f"The book of departures changed {changed} of the copy.")
    say("Mailings that were being sent are paused: see `briefing deliveries`, then `resume`.")
    for name, slot in restored.missed:
        say(
            f"The copy does not know whether {name} of {slot} was sent. The clock does not send it; "
            f"`briefing run {name} --slot {slot[:10]}` does."
        )


def departures(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Write the book again, from what is whole of it.")
    ] = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Verify the book of departures: who left, was erased or shut out, whatever is restored."""
    from briefing.actions.admin.departures import rebuild_book, verify_book

    checked = configuration(config)
    if rebuild:
        path, lines = rebuild_book(checked)
        say(f"{path}: written again with {counted(lines, 'line')}.")
        return
    path, counts = verify_book(checked, utc_now())
    said = ", ".join(f"{count:,} {what}" for what, count in counts) or "nobody left yet"
    say(f"{path}: every line is whole; {said}.")


def _tell(outlook: "Outlook") -> None:
    """What a restore would cost, before anything is moved."""
    lost = f"{counted(outlook.readers, 'reader')} who joined since"
    for what, names in (("editors", outlook.editors), ("sent editions", outlook.editions)):
        if names:
            lost += f"; {what} {', '.join(names)}"
    say(f"The copy does not have: {lost}.")
    stays = ", ".join(f"{what}: {count:,}" for what, count in outlook.stays)
    say(f"What happened since and stays: {stays or 'nothing that the book knows of'}.")
    for sentence in outlook.unknown:
        warn(sentence)


@db.command()
def upgrade(config: ConfigOption = Path("config.toml")) -> None:
    """Bring the database up to date, after a copy. Every command does so by itself."""
    from briefing.actions.admin.backup import upgrade_database

    with at_desk(config) as desk:
        say(f"{desk.config.database_name}: at revision {upgrade_database(desk)}")


@db.command()
def downgrade(
    revision: Annotated[str, typer.Argument(metavar="REVISION", help="Such as 0002.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Take the database back to an older revision, after a copy, for an older briefing."""
    from briefing.actions.admin.backup import downgrade_database

    checked = configuration(config)
    if not yes:
        typer.confirm(
            f"Drop every table newer than {revision} from {checked.database_name}?", abort=True
        )
    copy = downgrade_database(checked, revision, utc_now())
    say(f"{checked.database_name}: at revision {revision}. Install the older briefing now.")
    if copy is not None:
        say(f"As it was it is kept in {copy}.")


@db.command()
def copy(
    file: Annotated[Path, typer.Argument(metavar="SQLITE", help="The file to copy.")],
    address: Annotated[
        str, typer.Argument(metavar="POSTGRES", help="An empty postgresql+psycopg://… database.")
    ],
) -> None:
    """Copy a house that has outgrown its file into PostgreSQL, verified by counts and checksums."""
    from briefing.actions.admin.backup import copy_database

    done = copy_database(file, address, utc_now())
    for one in done:
        if one.rows:
            say(f"{one.table:<16} {one.rows:>12,} rows  {one.checksum}")
    say(
        f"{counted(sum(one.rows for one in done), 'row')} of {counted(len(done), 'table')}: both sides "
        "are equal. Name the new address in [database] url, and put the old file away."
    )


@db.command()
def count(config: ConfigOption = Path("config.toml")) -> None:
    """Count every reader and letter, and put the counts right that are kept of them."""
    from briefing.actions.admin.backup import count_database

    with at_desk(config) as desk:
        wrong = count_database(desk)
        for one in wrong:
            say(f"{one.of}, {one.state}: {one.counted[0]:,} instead of {one.kept[0]:,}")
        say(f"{desk.config.database_name}: {len(wrong)} of the kept counts were wrong.")


@db.command()
def archive(
    older_than: Annotated[
        int,
        typer.Option(
            "--older-than", metavar="DAYS", max=36_500, help="Counted from when it was sent."
        ),
    ] = 90,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Move what became of each letter of old editions into files; how many stood how is kept."""
    from briefing.actions.sending.archive_ledgers import archive_ledgers

    done = 0
    with at_desk(config) as desk:
        for one in archive_ledgers(desk, older_than):
            done += 1
            say(
                f"{one.edition}: {counted(one.rows, 'delivery is', 'deliveries are')} in {one.file}"
            )
    if not done:
        say(f"No ledger was archived; those older than {older_than} days that ended would be.")
