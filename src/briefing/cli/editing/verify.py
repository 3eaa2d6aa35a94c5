"""`briefing verify`: is what was sent what its sources, settings and editors make?"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from briefing.cli.console import (
    REFUSED,
    Bar,
    ConfigOption,
    EditionArgument,
    JsonOption,
    at_desk,
    print_json,
    say,
    warn,
)

if TYPE_CHECKING:
    from briefing.actions.editions.verify import Step, Verification


def verify(
    edition: EditionArgument = None,
    as_json: JsonOption = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Build the letter of a sent edition again, and compare it byte for byte with what was sent.

    Works on another machine with the same lock and a copy of this folder. What differs is named, and
    each setting, file and version that is not what it was then. Exit code 1 means that something
    differs or cannot be built again.
    """
    from briefing.actions.editions.verify import verify as verify_edition
    from briefing.actions.resolve_name import the_edition

    with at_desk(config) as desk:
        found = verify_edition(desk, the_edition(desk, edition), Bar())
    if as_json:
        record = {"is_same": found.is_same, **asdict(found)}
        print_json(json.dumps(record, ensure_ascii=False, indent=2))
    else:
        _show(found)
    if not found.is_same:
        raise typer.Exit(REFUSED)


def _show(found: Verification) -> None:
    sent = datetime.fromtimestamp(found.frozen_at, UTC)
    say(f"{found.edition}, sent on {sent:%-d %B %Y} at {sent:%H:%M} UTC, SHA-256 {found.hash}")
    for approval in found.approvals:
        at = datetime.fromtimestamp(approval.at, UTC)
        say(f"Approved by {approval.actor} on {at:%-d %B %Y} at {at:%H:%M} UTC.")
    for step in found.steps:
        _show_step(step)
    if found.is_same:
        say("Built again, byte for byte what was sent.", style="green")
    else:
        warn("What was sent could not be built again.", style="red")


def _show_step(step: Step) -> None:
    if not step.differences:
        say(f"{step.name}: the same. Made of {step.of}.")
    for difference in step.differences:
        warn(f"{step.name}: {difference}")
    # Inputs that changed without a consequence are told too: they explain nothing, and hide nothing.
    for change in step.changed:
        (warn if step.differences else say)(f"  {change}")
