"""`briefing bounces`: what came back, and taking a bad day back."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import (
    ConfigOption,
    JsonOption,
    actor,
    at_desk,
    print_json,
    say,
    show_facts,
    warn,
)
from briefing.counted import counted

if TYPE_CHECKING:
    from briefing.actions.sending.process_bounces import BouncesRead

app = typer.Typer(
    invoke_without_command=True,
    help="Read the bounce mailbox: addresses that take no mail, and complaints, get no more letters.",
)
_HERE = Path("config.toml")
_MOST_SHOWN = 50


@app.callback()
def bounces(
    context: typer.Context,
    events: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Read a mail provider's events (JSON) instead: SES, Mailgun, SendGrid, Postmark, Brevo.",
        ),
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = _HERE,
) -> None:
    """Read the bounce mailbox: addresses that take no mail, and complaints, get no more letters."""
    from briefing.actions.schedule.alert import alert
    from briefing.actions.sending.process_bounces import read_bounces
    from briefing.actions.sending.provider_events import read_events_file

    if context.invoked_subcommand is None:
        with at_desk(config) as desk:
            if events is not None:
                _show(read_events_file(desk, events), as_json=as_json)
            else:
                _show(read_bounces(desk, alert), as_json=as_json)


@app.command()
def undo(
    edition: Annotated[str, typer.Argument(metavar="EDITION", help="The edition's name.")],
    dry: Annotated[
        bool, typer.Option("--dry-run", help="Only show who would get letters again.")
    ] = False,
    config: ConfigOption = _HERE,
) -> None:
    """Give back the readers whom an edition's bounces took off their lists; complaints stay."""
    from briefing.actions.sending.process_bounces import undo_bounces

    with at_desk(config) as desk:
        back = undo_bounces(desk, edition, actor=actor(), dry=dry)
    for reader in back[:_MOST_SHOWN]:
        say(f"{reader.email} ({reader.list})")
    if len(back) > _MOST_SHOWN:
        say(f"... and {len(back) - _MOST_SHOWN:,} more")
    if not back:
        say(f"Nobody is off a list because of a bounce of {edition}.")
    elif dry:
        say(
            f"{counted(len(back), 'reader')} would get letters again; without --dry-run that happens."
        )
    else:
        say(
            f"{counted(len(back), 'reader gets', 'readers get')} letters again, from the next edition on."
        )


def _show(read: "BouncesRead", *, as_json: bool) -> None:
    if as_json:
        print_json(json.dumps(asdict(read), ensure_ascii=False, indent=2, default=str))
        return
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in read.reasons)
    show_facts(
        (
            ("Messages", f"{read.read:,} read, {read.known:,} of them counted before"),
            ("Bounces", f"{read.hard:,} hard, {read.soft:,} soft"),
            ("Reasons", reasons or "-"),
            ("Complaints", f"{read.complaints:,}"),
            ("Unsubscribed", f"{read.unsubscribed:,} asked by mail"),
            ("Away", counted(read.away, "notice")),
            ("People", f"{read.persons:,} wrote; {read.handed_on:,} handed on to [send] reply_to"),
            ("Reports", f"{read.domain_reports:,} on our domains; `briefing reports` shows them"),
            ("Ignored", f"{read.ignored:,} that prove nothing against an address of ours"),
        )
    )
    if read.not_handed_on:
        warn(
            f"Not all that people wrote could be handed on: {read.not_handed_on.rstrip('.')}. It waits in "
            "var/bounces/replies; `briefing serve` and the next `briefing bounces` try again."
        )
    if read.unread:
        warn(f"{counted(read.unread, 'message')} could not be understood: see {read.kept}.")
