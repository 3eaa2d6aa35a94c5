"""`briefing approve` and `reject`: a person's word on the very bytes."""

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import ConfigOption, actor, configuration, say
from briefing.cli.render import EditionArgument
from briefing.clock import utc_now
from briefing.desk.approve import Approved
from briefing.desk.approve import approve as approve_edition
from briefing.desk.pick import the_edition

NoteOption = Annotated[str, typer.Option("--note", help="Kept with your word, and shown.")]


def approve(
    edition: EditionArgument = None,
    note: NoteOption = "",
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Approve an edition exactly as it is rendered now; any later change voids the approval."""
    done = _say_it(config, edition, note, yes=True)
    stories = len(done.edition.items)
    say(
        f"Approved {done.edition.id}: {stories} stories and {len(done.edition.sponsored)} paid "
        f"pieces for {done.readers:,} readers, SHA-256 {done.approval.hash[:16]}…"
    )


def reject(
    edition: EditionArgument = None,
    note: NoteOption = "",
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Reject an edition: it is not sent, and an earlier approval no longer holds."""
    done = _say_it(config, edition, note, yes=False)
    say(f"Rejected {done.edition.id}; nothing is sent until somebody approves it.")


def _say_it(config: Path, edition: str | None, note: str, *, yes: bool) -> Approved:
    checked = configuration(config)
    name = the_edition(checked, edition)
    return approve_edition(checked, name, yes=yes, actor=actor(), note=note, clock=utc_now)
