"""`briefing approve` and `reject`: a person's word on the very bytes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import ConfigOption, EditionArgument, actor, configuration, say, warn
from briefing.clock import utc_now

if TYPE_CHECKING:
    from briefing.actions.review.approve import Approved

NoteOption = Annotated[str, typer.Option("--note", help="Kept with your word, and shown.")]


def approve(
    edition: EditionArgument = None,
    note: NoteOption = "",
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Approve an edition exactly as it is rendered now; any later change voids the approval.

    What `briefing lint` calls an error stands in the way. What it warns of is asked about where
    somebody is there to answer, and told otherwise.
    """
    _ask_checks(config, edition)
    done = _say_it(config, edition, note, yes=True)
    stories = len(done.edition.items)
    say(
        f"Approved {done.edition.id}: {stories} stories and {len(done.edition.sponsored)} paid "
        f"pieces for {done.readers:,} readers, SHA-256 {done.approval.hash[:16]}…"
    )
    if done.missing:
        more = "one more person has" if done.missing == 1 else f"{done.missing} more people have"
        say(f"It leaves when {more} approved the same bytes.")


def reject(
    edition: EditionArgument = None,
    note: NoteOption = "",
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Reject an edition: it is not sent, and an earlier approval no longer holds."""
    done = _say_it(config, edition, note, yes=False)
    say(f"Rejected {done.edition.id}; nothing is sent until somebody approves it.")


def _ask_checks(config: Path, edition: str | None) -> None:
    from briefing.actions.rendering.lint import lint_edition
    from briefing.actions.resolve_name import the_edition
    from briefing.model.finding import Severity

    checked = configuration(config)
    name = the_edition(checked, edition)
    _, found = lint_edition(checked, name, utc_now)
    if any(one.severity is Severity.ERROR for one in found):
        return  # approving refuses that; nobody is asked about warnings first
    warnings = [one.message for one in found if one.severity is Severity.WARNING]
    for message in warnings:
        warn(f"The checks warn: {message}")
    if warnings and sys.stdin.isatty():
        typer.confirm("Approve it all the same?", abort=True)


def _say_it(config: Path, edition: str | None, note: str, *, yes: bool) -> Approved:
    from briefing.actions.resolve_name import the_edition
    from briefing.actions.review.approve import approve as approve_edition

    checked = configuration(config)
    name = the_edition(checked, edition)
    return approve_edition(checked, name, yes=yes, actor=actor(), note=note, clock=utc_now)
