"""`briefing serve`: the schedule, the sender and the pages that readers see, in one process."""

import signal
import socket
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from briefing.cli.console import ConfigOption, configuration, say
from briefing.cli.keeper import Keeper
from briefing.cli.logs import log_to_stderr
from briefing.clock import utc_now
from briefing.desk.subscribe import open_front_desk
from briefing.web import make_app

HostOption = Annotated[
    str, typer.Option("--host", help="Where to listen; 127.0.0.1 is for a proxy on this machine.")
]
PortOption = Annotated[
    int, typer.Option("--port", min=0, max=65_535, help="0 for any port that is free.")
]
#: Seconds that a stop waits for answers and confirmation mails under way.
_PATIENCE = 15


def serve(
    host: HostOption = "127.0.0.1",
    port: PortOption = 8080,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Keep the schedule, send what is due, and serve the pages that readers see.

    Put a proxy with TLS before it that leads [site] public_url here. SIGTERM stops it cleanly: the
    letters on the wire finish, no more leave. Of several processes one keeps the schedule.
    """
    checked = configuration(config)
    log_to_stderr()
    with (
        _listening(host, port) as listener,
        open_front_desk(checked, utc_now) as desk,
        Keeper(config, checked),
    ):
        settings = uvicorn.Config(
            make_app(desk),
            lifespan="off",
            # Paths hold readers' links: they are nobody's business, a log's neither.
            access_log=False,
            log_level="warning",
            server_header=False,
            forwarded_allow_ips=list(checked.public.proxies),
            timeout_graceful_shutdown=_PATIENCE,
        )
        name, number = listener.getsockname()[:2]
        say(
            f"Serving {checked.site.public_url} on http://{_bracketed(name)}:{number}; Ctrl+C stops."
        )
        # Uvicorn repeats the signal once it is done; being told to stop is no failure.
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: None)
        uvicorn.Server(settings).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise typer.BadParameter(
            f"{host} port {port} cannot be listened on: {error.strerror}. Name others with --host "
            "and --port."
        ) from error


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name
