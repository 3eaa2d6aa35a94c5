"""`briefing audit`: is the desk's log as it was written?"""

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import REFUSED, ConfigOption, at_desk, say, warn
from briefing.counted import counted


def audit(
    head: Annotated[
        str, typer.Option("--head", help="A checksum that an earlier audit printed.")
    ] = "",
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Verify the desk's log: each line is bound to the one before, so none can change unseen.

    Keep the checksum it prints elsewhere. With --head it says whether the log still holds all that
    it held then; a log that was cut off at its end is whole in itself. The signature of each approval by
    passkey is verified with the key that the log names.
    """
    from briefing.actions.review.signatures import verify_signatures

    with at_desk(config) as desk:
        found, signatures = desk.store.audit_log.verify(head), verify_signatures(desk)
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
    for fault in signatures.faults:
        warn(fault, style="red")
    if signatures.faults:
        raise typer.Exit(REFUSED)
    say(
        f"{counted(found.rows, 'line of the log is as it was', 'lines of the log are as they were')} written."
    )
    if signatures.signed:
        say(
            f"{counted(signatures.signed, 'signature by passkey holds', 'signatures by passkey hold')}, under "
            f"{counted(signatures.approvals, 'approval')}."
        )
    say(f"Checksum: {found.head or 'none yet'}")
