"""`briefing deliveries`, `pause`, `resume`, `abort`: how a mailing stands, and steering it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from briefing.cli.console import (
    ConfigOption,
    EditionArgument,
    JsonOption,
    actor,
    at_desk,
    one_of,
    out,
    print_json,
    say,
    show_facts,
)
from briefing.counted import counted
from briefing.model.delivery import State

if TYPE_CHECKING:
    from briefing.actions.sending.steer_mailing import Deliveries

_MOST_ROWS = 50
NameArgument = Annotated[str, typer.Argument(metavar="EDITION", help="The edition's name.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why; it is kept and shown.")]


def deliveries(
    edition: EditionArgument = None,
    state: Annotated[
        State | None,
        typer.Option(
            parser=one_of(State),
            metavar="STATE",
            help=f"Only those in this state: {', '.join(State)}.",
        ),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print all of them as CSV.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Show what became of each letter of an edition."""
    from briefing.actions.resolve_name import the_edition
    from briefing.actions.sending.steer_mailing import deliveries as the_deliveries
    from briefing.actions.sending.steer_mailing import deliveries_as_csv

    with at_desk(config) as desk:
        name = the_edition(desk, edition)
        if as_csv:
            for piece in deliveries_as_csv(desk, name, state):
                sys.stdout.write(piece)
        elif as_json:
            found = the_deliveries(desk, name, state)
            print_json(json.dumps(_record(found), ensure_ascii=False, indent=2))
        else:
            _show(the_deliveries(desk, name, state, _MOST_ROWS + 1))


def pause(
    edition: NameArgument,
    reason: ReasonOption = "by hand",
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Let no more letters of an edition leave; a sender at work stops at its next letter."""
    from briefing.actions.sending.steer_mailing import steer
    from briefing.model.mailing import MailingStatus

    said = f"{reason} ({actor()})"
    with at_desk(config) as desk:
        steer(desk, edition, MailingStatus.PAUSED, said)
    say(f"{edition} is paused. `briefing resume {edition}` lets it go on.")


def resume(edition: NameArgument, config: ConfigOption = Path("config.toml")) -> None:
    """Let a paused edition go on; `briefing send` then posts what is left."""
    from briefing.actions.sending.steer_mailing import steer
    from briefing.model.mailing import MailingStatus

    with at_desk(config) as desk:
        steer(desk, edition, MailingStatus.SENDING, "")
    say(f"{edition} may go on: `briefing send {edition}`.")


def abort(
    edition: NameArgument,
    reason: ReasonOption = "by hand",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Never send what is left of an edition. Nothing undoes it."""
    from briefing.actions.sending.steer_mailing import must_be_steerable, steer
    from briefing.model.mailing import MailingStatus

    with at_desk(config) as desk:
        must_be_steerable(desk, edition)
        if not yes:
            typer.confirm(f"Never send what is left of {edition}? Nothing undoes it.", abort=True)
        steer(desk, edition, MailingStatus.ABORTED, f"{reason} ({actor()})")
    say(f"{edition} is aborted; what was not posted never will be.")


def _show(found: Deliveries) -> None:
    mailing = found.mailing
    began = datetime.fromtimestamp(mailing.frozen_at, UTC)
    counts = ", ".join(
        f"{count:,} {state.replace('_', ' ')}" for state, count in found.counts.items()
    )
    facts = [
        ("Edition", mailing.edition),
        ("Status", f"{mailing.status}{f': {mailing.reason}' if mailing.reason else ''}"),
        (
            "Began",
            f"{began:%Y-%m-%d %H:%M:%S} UTC, for {counted(sum(found.counts.values()), 'reader')}",
        ),
        ("Letters", counts),
    ]
    if found.doubtful:
        facts.append(
            (
                "In doubt",
                f"{counted(found.doubtful, 'reader')} may have the letter twice, or not at all",
            )
        )
    show_facts(tuple(facts))
    table = Table(box=None, header_style="bold")
    for title in ("Reader", "State", "Reason", "Tries", "Reply"):
        table.add_column(title, overflow="fold")
    for row in found.rows[:_MOST_ROWS]:
        state = f"{row.state.replace('_', ' ')}{' ?' if row.doubtful else ''}"
        words = Text(row.returned or row.reply)
        table.add_row(Text(row.email), state, row.reason, str(row.tries), words)
    out.print(table)
    if len(found.rows) > _MOST_ROWS:
        say(f"... and more: --csv prints all {sum(found.counts.values()):,}.")


def _record(found: Deliveries) -> dict[str, object]:
    return {
        "edition": found.mailing.edition,
        "status": found.mailing.status,
        "reason": found.mailing.reason,
        "counts": found.counts,
        "doubtful": found.doubtful,
        "deliveries": [asdict(row) for row in found.rows],
    }
