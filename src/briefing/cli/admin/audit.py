"""`briefing audit`: is the desk's log as it was written?"""

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import REFUSED, ConfigOption, configuration, say, warn
from briefing.clock import utc_now


def audit(
    head: Annotated[
        str, typer.Option("--head", help="A checksum that an earlier audit printed.")
    ] = "",
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Verify the desk's log: each line is bound to the one before, so none can change unseen.

    Keep the checksum it prints elsewhere. With --head it says whether the log still holds all that
    it held then; a log that was cut off at its end is whole in itself.
    """
    from briefing.actions.open_store import the_store

    with the_store(configuration(config), utc_now()) as store:
        found = store.audit_log.verify(head)
    if found.broken is not None:
        warn(
            f"Line {found.broken} of the log was changed, or the one before it is gone. Compare with "
            "a backup.",
            style="red",
        )
        raise typer.Exit(REFUSED)
    if not found.has_head:
        warn(
            f"No line of the log has the checksum {head}: lines are gone from its end, or the "
            "database was restored since.",
            style="red",
        )
        raise typer.Exit(REFUSED)
    say(f"{found.rows:,} lines of the log are as they were written.")
    say(f"Checksum: {found.head or 'none yet'}")
