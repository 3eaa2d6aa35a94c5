"""`briefing serve`: schedule and sender, with desk and public pages next to them; or one part alone."""

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import ConfigOption, say

HostOption = Annotated[
    str, typer.Option("--host", help="Where to listen; 127.0.0.1 is for a proxy on this machine.")
]
PortOption = Annotated[
    int, typer.Option("--port", min=0, max=65_535, help="0 for any port that is free.")
]


def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8080,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Keep the schedule, send what is due, and serve the editors' desk and the public pages.

    Sender and web are two processes, so that nothing strangers do to the pages keeps letters back.
    Put a proxy with TLS before it that leads [site] public_url here. SIGTERM stops it cleanly: the
    letters on the wire finish, no more leave. Of several processes one keeps the schedule.
    """
    from briefing.cli.daemon.schedule_loop import keeping
    from briefing.cli.daemon.supervisor import supervise
    from briefing.cli.daemon.web_process import WebProcess

    web = WebProcess(host, port, config)
    supervise(config, (web.starting, keeping(), web.started))


def scheduler(config: ConfigOption = Path("config.toml")) -> None:
    """Keep the schedule alone: draft, wait for approval, and begin what is due.

    The letters are left to `briefing sender`. Of several processes one keeps the schedule.
    """
    from briefing.cli.daemon.http_servers import answering_ops
    from briefing.cli.daemon.schedule_loop import keeping
    from briefing.cli.daemon.supervisor import supervise

    say("Keeping the schedule; Ctrl+C stops.")
    supervise(config, (answering_ops, keeping(posts=False)))


def sender(config: ConfigOption = Path("config.toml")) -> None:
    """Post letters alone: of every edition whose sending began, wherever that was."""
    from briefing.cli.daemon.http_servers import answering_ops
    from briefing.cli.daemon.schedule_loop import keeping
    from briefing.cli.daemon.supervisor import supervise

    say("Posting letters; Ctrl+C stops.")
    supervise(config, (answering_ops, keeping(schedules=False)))
