"""The parts of a process that answer over HTTP: the public pages, and ops."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

import typer
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from briefing.actions.context import open_desk
from briefing.cli.console import say
from briefing.cli.daemon.supervisor import Part, Supervisor
from briefing.config import Config
from briefing.web import make_app
from briefing.web.health import make_health

#: Seconds that a stop waits for answers and confirmation mails under way; see `supervisor.PATIENCE`.
_PATIENCE = 8


class _Current:
    """An application that can be put in the place of another while it answers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def public_pages(host: str, port: int) -> Part:
    """The part that serves the pages readers see."""

    @contextmanager
    def part(supervisor: Supervisor) -> Iterator[None]:
        with (
            listening(host, port, "Name others with --host and --port.") as listener,
            open_desk(supervisor.config) as desk,
        ):

            def pages(config: Config) -> ASGIApp:
                # uvicorn's type of an application is narrower than Starlette's.
                app: Any = make_app(replace(desk, config=config))
                return cast("ASGIApp", ProxyHeadersMiddleware(app, list(config.public.proxies)))

            def heed(config: Config) -> None:
                current.app = pages(config)

            current = _Current(pages(supervisor.config))
            supervisor.heed(heed)
            # Paths hold readers' links: they are nobody's business, a log's neither.
            _serve(supervisor, "public pages", current, listener)
            name, number = listener.getsockname()[:2]
            bare = f"[{name}]" if ":" in name else name
            site = supervisor.config.site.public_url
            say(f"Serving {site} on http://{bare}:{number}; Ctrl+C stops.")
            yield

    return part


@contextmanager
def answering_ops(supervisor: Supervisor) -> Iterator[None]:
    """The part that answers /healthz, /readyz and /metrics at [health] listen."""
    place = supervisor.config.health.listen
    if not place:
        yield
        return
    host, _, port = place.rpartition(":")
    step = "Name another in [health] listen; each process on a machine needs one of its own."
    with listening(host, int(port), step) as listener:
        _serve(supervisor, "health", make_health(lambda: supervisor.config), listener)
        yield


def _serve(supervisor: Supervisor, name: str, app: ASGIApp, listener: socket.socket) -> None:
    settings = uvicorn.Config(
        app,
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_PATIENCE,
    )
    serve(supervisor, name, uvicorn.Server(settings), listener)


def serve(
    supervisor: Supervisor, name: str, server: uvicorn.Server, listener: socket.socket
) -> None:
    """Make a server the supervisor's work."""
    supervisor.work(
        name,
        lambda: server.run(sockets=[listener]),
        lambda: setattr(server, "should_exit", True),
    )


@contextmanager
def listening(host: str, port: int, step: str) -> Iterator[socket.socket]:
    """A socket that listens there; the step is what to do when it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host.strip("[]"), port), family=family)
    except OSError as error:
        raise typer.BadParameter(
            f"{host} port {port} cannot be listened on: {error.strerror}. {step}"
        ) from error
    with listener:
        yield listener
