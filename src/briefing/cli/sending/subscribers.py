"""`briefing subscribers …`: who is on which list."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from briefing.cli.console import (
    REFUSED,
    ConfigOption,
    JsonOption,
    actor,
    at_desk,
    out,
    print_json,
    say,
    show_facts,
    warn,
)
from briefing.cli.sending.import_list import ListOption, import_, migrate
from briefing.model.subscriber import EVERY_DAY, Standing, day_names

if TYPE_CHECKING:
    from briefing.model.subscriber import Change, Choice, Subscriber

app = typer.Typer(
    no_args_is_help=True, help="Who is on which list: import, find, pause, erase and so on."
)

AddressArgument = Annotated[str, typer.Argument(metavar="ADDRESS", help="An email address.")]
_HERE = Path("config.toml")
app.command("import")(import_)
app.command()(migrate)


@app.command("export")
def export(
    list_name: ListOption = None,
    standing: Annotated[
        Standing | None, typer.Option("--standing", help="Only readers who stand so.")
    ] = None,
    raw: Annotated[
        bool,
        typer.Option(
            "--raw", help="Leave what a spreadsheet would run as a formula; for programs only."
        ),
    ] = False,
    config: ConfigOption = _HERE,
) -> None:
    """Print a list as CSV."""
    from briefing.actions.readers.lists import export_list
    from briefing.actions.resolve_name import the_list

    with at_desk(config) as desk:
        name = the_list(desk, list_name)
        for piece in export_list(desk, name, standing, raw=raw):
            sys.stdout.write(piece)


@app.command()
def add(
    address: AddressArgument,
    name: Annotated[str, typer.Option(help="How the reader is addressed.")] = "",
    tags: Annotated[str, typer.Option(help="Separated by ;")] = "",
    list_name: ListOption = None,
    config: ConfigOption = _HERE,
) -> None:
    """Put one address on a list, for somebody who has asked for it."""
    from briefing.actions.readers.lists import add_reader
    from briefing.actions.resolve_name import the_list

    with at_desk(config) as desk:
        chosen = the_list(desk, list_name)
        answer = add_reader(desk, chosen, address, name=name, tags=_tags(tags), actor=actor())
    say(f"{address}: {answer} ({chosen})")


@app.command()
def find(
    address: AddressArgument, as_json: JsonOption = False, config: ConfigOption = _HERE
) -> None:
    """Show everything known of an address: lists, standing and every change."""
    from briefing.actions.readers.lists import find_readers

    with at_desk(config) as desk:
        found = find_readers(desk, address)
    if as_json:
        print_json(json.dumps([_record(*one) for one in found], ensure_ascii=False, indent=2))
        return
    for reader, changes in found:
        _show_reader(reader, changes)


@app.command("list")
def list_(list_name: ListOption = None, config: ConfigOption = _HERE) -> None:
    """Count the readers of a list by how they stand."""
    from briefing.actions.readers.lists import list_counts
    from briefing.actions.resolve_name import the_list

    with at_desk(config) as desk:
        name = the_list(desk, list_name)
        counts = list_counts(desk, name)
    show_facts(tuple((standing.capitalize(), f"{count:,}") for standing, count in counts.items()))
    if not counts:
        say(f"{name} has no readers yet; `briefing subscribers import FILE` brings some.")


@app.command()
def tag(
    address: AddressArgument,
    tags: Annotated[str, typer.Argument(help="Separated by ; - empty takes all away.")],
    config: ConfigOption = _HERE,
) -> None:
    """Give a reader these tags instead of those they had."""
    from briefing.actions.readers.lists import tag_readers

    with at_desk(config) as desk:
        tag_readers(desk, address, _tags(tags))
    say(f"{address}: {'; '.join(_tags(tags)) or 'no tags'}")


@app.command()
def pause(address: AddressArgument, config: ConfigOption = _HERE) -> None:
    """Send a reader nothing until `resume`."""
    _change(config, address, Standing.PAUSED, (Standing.ACTIVE,))


@app.command()
def choose(
    address: AddressArgument,
    topics: Annotated[
        str, typer.Option(help="Keys of topics, separated by ; - empty for all.")
    ] = "",
    days: Annotated[str, typer.Option(help="Such as mon,fri; empty for every day.")] = "",
    weekly: Annotated[bool, typer.Option("--weekly", help="One letter a week.")] = False,
    list_name: ListOption = None,
    config: ConfigOption = _HERE,
) -> None:
    """Keep what a reader wants of a list, as they would say it on their own page."""
    from briefing.actions.readers.choices import choose_for
    from briefing.actions.resolve_name import the_list

    with at_desk(config) as desk:
        name = the_list(desk, list_name)
        choice = choose_for(desk, address, name, topics=_tags(topics), days=days, weekly=weekly)
    say(f"{address}: {_chosen(choice)} ({name})")


@app.command()
def resume(address: AddressArgument, config: ConfigOption = _HERE) -> None:
    """Send letters again to a reader who was paused or whose mailbox had refused them."""
    stood = (Standing.PAUSED, Standing.BOUNCED)
    _change(config, address, Standing.ACTIVE, stood)


@app.command()
def unsubscribe(address: AddressArgument, config: ConfigOption = _HERE) -> None:
    """Take a reader off every list, because they asked for it."""
    stood = (Standing.PENDING, Standing.ACTIVE, Standing.PAUSED, Standing.BOUNCED)
    _change(config, address, Standing.UNSUBSCRIBED, stood)


@app.command()
def erase(
    address: AddressArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: ConfigOption = _HERE,
) -> None:
    """Forget an address; only a keyed mark stays, so that no import brings it back."""
    from briefing.actions.readers.lists import erase_reader

    with at_desk(config) as desk:
        if not yes:
            typer.confirm(f"Forget {address} on every list? Nothing brings it back.", abort=True)
        count = erase_reader(desk, address, actor=actor())
    say(f"{address} is forgotten on {count} list{'s' * (count != 1)}. Backups still know it.")


def _change(config: Path, address: str, becomes: Standing, only_from: tuple[Standing, ...]) -> None:
    from briefing.actions.readers.lists import change_readers

    with at_desk(config) as desk:
        count = change_readers(
            desk, address, becomes, only_from=only_from, cause="by hand", actor=actor()
        )
    if not count:
        stood = " or ".join(only_from)
        warn(f"{address}: nothing to change; only a reader who is {stood} becomes {becomes}.")
        raise typer.Exit(REFUSED)
    say(f"{address}: {becomes} on {count} list{'s' * (count != 1)}")


def _tags(written: str) -> tuple[str, ...]:
    return tuple(tag.strip() for tag in written.split(";") if tag.strip())


def _show_reader(reader: Subscriber, changes: tuple[Change, ...]) -> None:
    show_facts(
        (
            ("Address", reader.email),
            ("Name", reader.name or "-"),
            ("List", reader.list),
            ("Standing", reader.standing),
            ("Tags", "; ".join(reader.tags) or "-"),
            ("Wants", _chosen(reader.choice)),
            ("Paused until", _until(reader)),
        )
    )
    table = Table(box=None, header_style="bold")
    for title in ("When (UTC)", "Was", "Became", "Why", "By"):
        table.add_column(title)
    for change in changes:
        when = datetime.fromtimestamp(change.at, UTC).strftime("%Y-%m-%d %H:%M:%S")
        table.add_row(when, change.was or "-", change.becomes, change.cause, change.actor)
    out.print(table)


def _chosen(choice: Choice) -> str:
    """What a reader wants, in words."""
    days = "every day" if choice.days == EVERY_DAY else " ".join(day_names(choice.days))
    rhythm = "one letter a week" if choice.weekly else "every edition"
    return f"{'; '.join(choice.topics) or 'all topics'}, {days}, {rhythm}"


def _until(reader: Subscriber) -> str:
    return (
        "-"
        if reader.resumes is None
        else f"{datetime.fromtimestamp(reader.resumes, UTC):%Y-%m-%d %H:%M} UTC"
    )


def _record(reader: Subscriber, changes: tuple[Change, ...]) -> dict[str, object]:
    return {**asdict(reader), "changes": [asdict(change) for change in changes]}
