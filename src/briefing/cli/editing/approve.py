"""`briefing approve` and `reject`: a person's word on the very bytes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import (
    ConfigOption,
    EditionArgument,
    actor,
    at_desk,
    say,
    warn,
)
from briefing.counted import counted

if TYPE_CHECKING:
    from briefing.actions.context import Desk
    from briefing.actions.rendering.own_editions import OwnEditions
    from briefing.actions.review.approve import Approved
    from briefing.model.finding import Finding

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
    with at_desk(config) as desk:
        done = _say_it(desk, edition, note, yes=True)
    stories = len(done.edition.items)
    say(
        f"Approved {done.edition.id}: {counted(stories, 'story', 'stories')} and "
        f"{counted(len(done.edition.sponsored), 'paid piece')} for "
        f"{counted(done.readers, 'reader')}, SHA-256 {done.approval.hash[:16]}…"
    )
    if done.own:
        _show_variants(done.own)
    if done.missing:
        more = "one more person has" if done.missing == 1 else f"{done.missing} more people have"
        say(f"It leaves when {more} approved the same bytes.")


def reject(
    edition: EditionArgument = None,
    note: NoteOption = "",
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Reject an edition: it is not sent, and an earlier approval no longer holds."""
    with at_desk(config) as desk:
        done = _say_it(desk, edition, note, yes=False)
    say(f"Rejected {done.edition.id}; nothing is sent until somebody approves it.")


def _say_it(desk: Desk, edition: str | None, note: str, *, yes: bool) -> Approved:
    from briefing.actions.rendering.check_again import errors_of
    from briefing.actions.resolve_name import the_edition, the_rendered
    from briefing.actions.review.approve import approve as approve_edition
    from briefing.actions.review.readiness import readiness

    kept, _ = the_rendered(desk, the_edition(desk, edition))
    found = readiness(desk, kept)
    is_open = found.mailing is None and not found.obstacles and not errors_of(found.findings)
    if yes and is_open:  # otherwise approving is refused, and nothing is asked first
        _ask_warnings(found.warnings)
    return approve_edition(
        desk,
        kept.id,
        seen=found.hash,
        yes=yes,
        actor=actor(),
        note=note,
        accepts_warnings=True,
    )


def _show_variants(own: OwnEditions) -> None:
    """The forms that were approved, each for how many; what a person should know of them."""
    for one in own.variants if len(own.variants) > 1 else ():
        count, readers = len(one.stories), own.readers.get(one.number, 0)
        say(
            f"  {one.title or 'The whole edition'}: {counted(count, 'story', 'stories')} for "
            f"{counted(readers, 'reader')}, SHA-256 {one.hash[:16]}…"
        )
    for sentence in (*own.notes, *own.facts):
        warn(sentence)


def _ask_warnings(warnings: tuple[Finding, ...]) -> None:
    for warning in warnings:
        warn(f"The checks warn: {warning.message}")
    if warnings and sys.stdin.isatty():
        typer.confirm("Approve it all the same?", abort=True)
