"""`briefing serve`: schedule, sender, editors' desk and public pages in one process; or two alone."""

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from briefing.cli.console import ConfigOption, configuration, say
from briefing.cli.desk import serving_desk
from briefing.cli.keeper import Keeper
from briefing.cli.logs import log_to_stderr
from briefing.cli.systemd import notify
from briefing.clock import utc_now
from briefing.config import Config
from briefing.desk.subscribe import FrontDesk, open_front_desk
from briefing.web import make_app
from briefing.web.health import make_health

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
    """Keep the schedule, send what is due, and serve the editors' desk and the public pages.

    Put a proxy with TLS before it that leads [site] public_url here. SIGTERM stops it cleanly: the
    letters on the wire finish, no more leave. Of several processes one keeps the schedule.
    """
    checked = configuration(config)
    log_to_stderr()
    told = _told_to_stop()
    with (
        _listening(host, port) as listener,
        open_front_desk(checked, utc_now) as desk,
        _answering_ops(checked, desk),
        serving_desk(checked) as heed,
        Keeper(config, checked, heeds=heed),
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
        notify("READY=1")
        server = uvicorn.Server(settings)
        # Until it runs it hears no signal itself, and one that came before would be lost.
        _on_stop(lambda: setattr(server, "should_exit", True))
        if not told.is_set():
            server.run(sockets=[listener])


def scheduler(config: ConfigOption = Path("config.toml")) -> None:
    """Keep the schedule alone: draft, wait for approval, and begin what is due.

    The letters are left to `briefing sender`. Of several processes one keeps the schedule.
    """
    _alone(config, posts=False)


def sender(config: ConfigOption = Path("config.toml")) -> None:
    """Post letters alone: of every edition whose sending began, wherever that was."""
    _alone(config, schedules=False)


def _alone(config: Path, *, schedules: bool = True, posts: bool = True) -> None:
    checked = configuration(config)
    log_to_stderr()
    told = _told_to_stop()
    with Keeper(config, checked, schedules=schedules, posts=posts):
        say(f"{'Keeping the schedule' if schedules else 'Posting letters'}; Ctrl+C stops.")
        notify("READY=1")
        told.wait()


def _told_to_stop() -> threading.Event:
    """Set when somebody asks the process to end.

    Told so before a server listens, it never begins to; uvicorn repeats a signal once it is done,
    and being told to stop is no failure.
    """
    told = threading.Event()
    _on_stop(told.set)
    return told


def _on_stop(heed: Callable[[], None]) -> None:
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: heed())


@contextmanager
def _answering_ops(config: Config, desk: FrontDesk) -> Iterator[None]:
    """Answer /healthz, /readyz and /metrics at [health] listen, in a thread of its own."""
    if not config.health.listen:
        yield
        return
    host, _, port = config.health.listen.rpartition(":")
    settings = uvicorn.Config(
        make_health(desk), lifespan="off", access_log=False, log_level="warning"
    )
    server = uvicorn.Server(settings)
    with _listening(host, int(port)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="health")
        thread.start()
        try:
            yield
        finally:
            server.should_exit = True
            thread.join()


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
