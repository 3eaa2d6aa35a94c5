"""`briefing lint`: the checks of an email, in the terminal."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from briefing.cli.console import (
    OK,
    REFUSED,
    ConfigOption,
    EditionArgument,
    JsonOption,
    at_desk,
    out,
    print_json,
    say,
)
from briefing.counted import counted
from briefing.model.finding import Severity

if TYPE_CHECKING:
    from briefing.actions.context import Desk
    from briefing.actions.rendering.chromium import Chromium
    from briefing.actions.rendering.link_probe import FetcherProbe
    from briefing.model.finding import Finding

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


def lint(
    edition: EditionArgument = None,
    network: Annotated[
        bool, typer.Option("--network", help="Ask every link and picture too, over the network.")
    ] = False,
    rendered: Annotated[
        bool,
        typer.Option(
            "--rendered",
            help="Draw it in Chromium too, and measure the labels of paid and issued copy.",
        ),
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Check a rendered edition against every rule of docs/checks.md.

    Exit code 1 means that there are errors: it must not be sent like this.
    """
    from briefing.actions.rendering.lint import lint as lint_email
    from briefing.actions.resolve_name import the_draft, the_edition

    with at_desk(config) as desk:
        kept = the_draft(desk, the_edition(desk, edition))
        fetcher = _link_probe(desk) if network else None
        browser = _browser() if rendered else None
        email = desk.store.drafts.email(kept)
        found = lint_email(desk, kept, email, fetcher=fetcher, browser=browser)
    counts = {
        severity.value: sum(one.severity is severity for one in found) for severity in Severity
    }
    if as_json:
        record: dict[str, object] = {
            "edition": kept.id,
            **counts,
            "findings": [asdict(finding) for finding in found],
        }
        print_json(json.dumps(record, ensure_ascii=False, indent=2))
    else:
        if found:
            out.print(findings_table(found))
        errors, warnings, notes = counts.values()
        say(
            f"{kept.id}: {counted(errors, 'error')}, {counted(warnings, 'warning')}, {counted(notes, 'note')}."
        )
    raise typer.Exit(REFUSED if counts[Severity.ERROR] else OK)


def _link_probe(desk: Desk) -> FetcherProbe:
    # Here, because what asks the network takes a second to import.
    from briefing.actions.rendering.link_probe import link_probe

    return link_probe(desk)


def _browser() -> Chromium:
    from briefing.actions.rendering.chromium import find_chromium

    return find_chromium()


def findings_table(found: tuple[Finding, ...]) -> Table:
    """Findings, the heaviest first, with where they are, why they matter and who says so."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0))
    for heading in ("Weight", "Finding", "Rule"):
        table.add_column(heading, overflow="fold")
    for finding in found:
        style = _STYLES[finding.severity]
        said = Text(f"{finding.message}\n") + Text(
            f"In: {finding.place}. {finding.reason}\n{finding.source}", style="dim"
        )
        table.add_row(Text(finding.severity, style=style), said, Text(finding.rule, style=style))
    return table
