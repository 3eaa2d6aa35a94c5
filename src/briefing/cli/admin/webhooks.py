"""`briefing webhooks`: what systems of the house's own were told, and what waits."""

from datetime import UTC, datetime
from pathlib import Path

from rich.table import Table

from briefing.cli.console import ConfigOption, at_desk, out, say

_MOST = 50


def webhooks(config: ConfigOption = Path("config.toml")) -> None:
    """List the newest calls to systems of your own: what was told to whom, what waits, and why."""
    with at_desk(config) as desk:
        found, hooks = desk.store.outbox.newest(_MOST), desk.config.webhooks
    if not found:
        named = ", ".join(hooks) or "none; [webhooks] in config.toml names them"
        say(f"Nothing was told yet. Hooks: {named}.")
        return
    table = Table("Hook", "Event", "When", "Tries", "How it goes")
    for one in found:
        state = "waits" if one.done is None else "taken"
        state = "given up" if one.given_up else state
        when = f"{datetime.fromtimestamp(one.at, UTC):%-d %b %Y %H:%M} UTC"
        said = f"{state}: {one.fault}" if one.fault else state
        table.add_row(one.hook, one.event, when, str(one.tries), said)
    out.print(table)
