"""`briefing send`: one letter for every subscriber."""

import json
from dataclasses import asdict
from pathlib import Path

import typer
from rich.text import Text

from briefing.cli.console import (
    OK,
    REFUSED,
    Bar,
    ConfigOption,
    JsonOption,
    configuration,
    out,
    print_json,
    warn,
)
from briefing.cli.draft import show_facts
from briefing.cli.render import EditionArgument
from briefing.clock import utc_now
from briefing.desk.pick import the_edition
from briefing.desk.send import Sent, send_edition


def send(
    edition: EditionArgument = None,
    as_json: JsonOption = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Send a rendered edition to every subscriber of its list, by the transport of config.toml.

    Exit code 1 means that at least one letter did not go out; each is named with the reason.
    """
    checked = configuration(config)
    sent = send_edition(checked, the_edition(checked, edition), utc_now(), Bar())
    if as_json:
        print_json(json.dumps(asdict(sent), ensure_ascii=False, indent=2, default=str))
    else:
        show_facts(letter_facts(sent))
        out.print(Text(f"Look: {sent.where}", style="bold"))
    tell_failures(sent)
    raise typer.Exit(REFUSED if sent.failures else OK)


def letter_facts(sent: Sent) -> tuple[tuple[str, str], ...]:
    """How many letters went where."""
    skipped = f", {len(sent.skipped)} rows of the list skipped" if sent.skipped else ""
    return (("Letters", f"{sent.posted:,} by {sent.transport}{skipped}"),)


def tell_failures(sent: Sent) -> None:
    """Name every letter that did not go out and every row of the list that is no subscriber."""
    for sentence in (*sent.failures, *sent.skipped):
        warn(sentence)
