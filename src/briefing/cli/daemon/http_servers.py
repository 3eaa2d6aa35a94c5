"""The parts of a process that answer over HTTP: the public pages, and ops."""

import asyncio
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from briefing.actions.context import Desk, open_desk
from briefing.actions.public.proxies import note_proxy, unnamed_proxy
from briefing.cli.console import say
from briefing.cli.daemon.connections import Doorkeeper, Server, server_settings, share
from briefing.cli.daemon.supervisor import Part, Supervisor
from briefing.config import Config
from briefing.errors import BriefingError, ConfigError
from briefing.web import make_app
from briefing.web.first_pages import ask_first

#: Seconds that a stop waits for answers and confirmation mails under way; see `supervisor.PATIENCE`.
_PATIENCE = 8
#: The parts of the connections that these listeners share with the desk.
_PAGES, _HEALTH = 0.7, 0.1
#: Seconds between two looks at whether the database knows all who left.
_LOOK = 1.0
#: Addresses of which is remembered that they were looked at.
_PEERS = 1_000
_LOG = logging.getLogger("briefing.web")


class _Current:
    """An application that can be put in the place of another while it answers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


class _NoticingProxies:
    """Says once that requests come by a proxy which config.toml does not name."""

    def __init__(self, app: ASGIApp, config: Config) -> None:
        self._app, self._config, self._looked = app, config, set[str]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        peer = str(scope["client"][0]) if scope.get("client") else ""
        speaks_for_others = any(name == b"x-forwarded-for" for name, _ in scope.get("headers", ()))
        if speaks_for_others and peer not in self._looked and len(self._looked) < _PEERS:
            self._looked.add(peer)
            said = await run_in_threadpool(note_proxy, self._config, peer)
            if said is not None:
                _LOG.warning("%s", said)
        await self._app(scope, receive, send)


class CatchingUp:
    """Tells the database who left while it was full, locked or away, as soon as it can be told."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self.over = desk, threading.Event()

    def run(self) -> None:
        """Look every second."""
        departures, is_told = self._desk.store.departures, False
        while not self.over.wait(_LOOK):
            try:
                if departures.is_behind:
                    departures.catch_up()
                is_told = False
            except BriefingError as error:
                if not is_told:
                    _LOG.error("Who left is in the book and not in the database yet: %s", error)
                is_told = True


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
                named = ProxyHeadersMiddleware(app, list(config.public.proxies))
                return _NoticingProxies(cast("ASGIApp", named), config)

            def heed(config: Config) -> None:
                current.app = pages(config)

            current = _Current(pages(supervisor.config))
            shelves = (f"/archive/{name}" for name in supervisor.config.briefings)
            asyncio.run(ask_first(current, ("/archive", *shelves, "/unsubscribe")))
            desk.store.departures.leave()  # nobody: it opens what those who press a link would wait for
            catching = CatchingUp(desk)
            supervisor.heed(heed)
            # Paths hold readers' links: they are nobody's business, a log's neither.
            door = Doorkeeper(share(_PAGES), supervisor.config.public.proxies)
            _serve(supervisor, "public pages", current, listener, door)
            supervisor.work("departures", catching.run, catching.over.set)
            name, number = listener.getsockname()[:2]
            bare = f"[{name}]" if ":" in name else name
            site = supervisor.config.site.public_url
            if (warning := unnamed_proxy(supervisor.config)) is not None:
                _LOG.warning("%s", warning)
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
    # Where ops ask for it alone: what counts takes a megabyte.
    from briefing.web.health import make_health

    host, _, port = place.rpartition(":")
    step = "Name another in [health] listen; each process on a machine needs one of its own."
    with listening(host, int(port), step) as listener:
        app = make_health(lambda: supervisor.config)
        _serve(supervisor, "health", app, listener, Doorkeeper(share(_HEALTH)))
        yield


def _serve(
    supervisor: Supervisor, name: str, app: ASGIApp, listener: socket.socket, door: Doorkeeper
) -> None:
    settings = server_settings(app, door, proxy_headers=False, timeout_graceful_shutdown=_PATIENCE)
    serve(supervisor, name, Server(settings), listener)


def serve(supervisor: Supervisor, name: str, server: Server, listener: socket.socket) -> None:
    """Make a server the supervisor's work."""
    supervisor.work(
        name,
        lambda: server.run(sockets=[listener]),
        lambda: setattr(server, "should_exit", True),
    )


@contextmanager
def listening(host: str, port: int, step: str) -> Iterator[socket.socket]:
    """A socket that listens there; the step is what to do when it cannot.

    Raises:
        ConfigError: when the place is taken, or not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host.strip("[]"), port), family=family)
    except OSError as error:
        # asyncio and socket add the place to the system's own words; it is named already.
        why = (error.strerror or str(error)).partition(" (while")[0]
        sentence = f"{host} port {port} cannot be listened on: {why[:1].lower()}{why[1:]}. {step}"
        raise ConfigError((sentence,)) from error
    with listener:
        yield listener
