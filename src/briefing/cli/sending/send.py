"""`briefing send`, `retry` and what steers a mailing: everyone once."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from briefing.cli.console import (
    OK,
    REFUSED,
    Bar,
    ConfigOption,
    EditionArgument,
    JsonOption,
    at_desk,
    out,
    print_json,
    show_facts,
    warn,
)
from briefing.counted import counted

if TYPE_CHECKING:
    from briefing.actions.sending.deliver import Sent

TestOption = Annotated[
    str | None,
    typer.Option("--test", metavar="ADDRESS", help="One letter to this address, marked [TEST]."),
]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Write every letter, post none, record nothing.")
]


def send(
    edition: EditionArgument = None,
    test: TestOption = None,
    dry: DryRunOption = False,
    as_json: JsonOption = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Send a rendered edition to every active reader of its list, or go on where a run was cut.

    Every reader gets one letter, however often this is called. Exit code 1 means that letters
    wait, were refused, or are in doubt.
    """
    from briefing.actions.resolve_name import the_edition
    from briefing.actions.sending.send import send_edition
    from briefing.actions.sending.test_send import dry_run, test_send

    with at_desk(config) as desk:
        name = the_edition(desk, edition)
        if test is not None:
            sent = test_send(desk, name, test)
        elif dry:
            sent = dry_run(desk, name, Bar())
        else:
            sent = send_edition(desk, name, Bar())
    show_sent(sent, as_json=as_json)
    raise typer.Exit(exit_code(sent))


def retry(
    edition: EditionArgument = None,
    at_once: Annotated[
        bool, typer.Option("--now", help="All deferred letters, whenever they are due.")
    ] = False,
    in_doubt: Annotated[
        bool,
        typer.Option(
            "--in-doubt", help="Also letters whose outcome is unknown; some may arrive twice."
        ),
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Try deferred letters of an edition again: those that are due, or all of them."""
    from briefing.actions.resolve_name import the_edition
    from briefing.actions.sending.send import retry as retry_letters

    with at_desk(config) as desk:
        name = the_edition(desk, edition)
        sent = retry_letters(desk, name, at_once=at_once, in_doubt=in_doubt, progress=Bar())
    show_sent(sent, as_json=as_json)
    raise typer.Exit(exit_code(sent))


def show_sent(sent: Sent, *, as_json: bool = False) -> None:
    """Print how an edition's letters stand."""
    if as_json:
        print_json(json.dumps(asdict(sent), ensure_ascii=False, indent=2, default=str))
    else:
        show_facts(letter_facts(sent))
        place = "Look" if sent.transport == "folder" else "Relay"
        out.print(Text(f"{place}: {sent.where}", style="bold"))
    tell_rest(sent)


def letter_facts(sent: Sent) -> tuple[tuple[str, str], ...]:
    """How many letters went where, and what became of all of them."""
    from briefing.model.delivery import State

    facts = [("Letters", f"{sent.now:,} posted by {sent.transport} just now")]
    rest = {state: count for state, count in sent.counts.items() if state is not State.POSTED}
    already = sent.counts.get(State.POSTED, 0) - sent.now
    if already > 0:
        facts.append(("Before", f"{already:,} posted in earlier runs; nobody gets two"))
    if rest:
        words = ", ".join(f"{count:,} {state.replace('_', ' ')}" for state, count in rest.items())
        facts.append(("Others", words))
    if sent.doubtful:
        facts.append(
            (
                "In doubt",
                f"{counted(sent.doubtful, 'reader')} may have the letter twice, or not at all",
            )
        )
    return tuple(facts)


def _ended(said: str) -> str:
    """A sentence with a mark at its end: its own, or a full stop."""
    return said if said.endswith((".", "?", "!")) else f"{said}."


def tell_rest(sent: Sent) -> None:
    """Say on standard error what a person must know or do."""
    from briefing.model.delivery import State
    from briefing.model.mailing import MailingStatus

    for sentence in (*sent.notes, *sent.skipped):
        warn(sentence)
    for reason, count, words in sent.refused:
        warn(f"{count:,} refused, {reason}; the last with: {words}")
    if sent.stopped:
        paused = sent.status is MailingStatus.PAUSED
        step = f"`briefing {'resume' if paused else 'send'} {sent.edition}` goes on."
        warn(f"Stopped{' and paused' if paused else ''}: {_ended(sent.stopped)} {step}")
    if sent.next_due is not None:
        due = datetime.fromtimestamp(sent.next_due, UTC)
        warn(
            f"{counted(sent.counts.get(State.DEFERRED, 0), 'letter waits', 'letters wait')} to be tried "
            f"again; the next is due at {due:%H:%M:%S} UTC: `briefing retry {sent.edition}`, or --now."
        )
    if sent.counts.get(State.IN_DOUBT):
        warn(
            f"{counted(sent.counts[State.IN_DOUBT], 'letter waits', 'letters wait')} in doubt: taken by the "
            f"relay, or not. `briefing retry --in-doubt {sent.edition}` sends again."
        )


def exit_code(sent: Sent) -> int:
    """0 when every letter is where it belongs."""
    from briefing.model.delivery import State

    unwell = (State.BOUNCED, State.DEFERRED, State.IN_DOUBT)
    bad = sent.stopped or any(sent.counts.get(state) for state in unwell)
    return REFUSED if bad else OK
