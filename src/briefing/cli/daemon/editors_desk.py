"""`briefing desk`: the editors' desk in the browser."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from briefing.cli.console import ConfigOption, actor, configuration, say
from briefing.cli.daemon.logs import log_to_stderr
from briefing.errors import DeskError

if TYPE_CHECKING:
    import uvicorn

    from briefing.actions.admin.accounts import Invitation
    from briefing.actions.context import Desk
    from briefing.cli.daemon.connections import Server
    from briefing.cli.daemon.supervisor import Supervisor
    from briefing.config import Config

#: Seconds that a stop waits; open pages listen for changes and would wait for ever.
_PATIENCE = 2
#: The part of a process's connections that are the desk's.
_DESK = 0.2


def desk(config: ConfigOption = Path("config.toml")) -> None:
    """Open the editors' desk: see the edition, change it, approve exactly that.

    [desk] says where. On this machine alone a link that works once signs you in; elsewhere editors
    have names (`briefing editors add`).
    """
    checked = configuration(config)
    log_to_stderr()
    with desk_server(checked) as (server, listener, _):
        server.run(sockets=[listener])


@contextmanager
def editors_desk(supervisor: Supervisor) -> Iterator[None]:
    """The part that serves the editors' desk; nothing where [desk] listen is empty."""
    from briefing.cli.daemon.http_servers import serve

    if not supervisor.config.desk.listen:
        yield
        return
    with desk_server(supervisor.config) as (server, listener, current):
        supervisor.heed(current.heed)
        serve(supervisor, "desk", server, listener)
        yield


class _CurrentDesk:
    """The open desk, under the configuration in force."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self) -> Desk:
        return self._desk

    def heed(self, config: Config) -> None:
        """Go on with another configuration, from the next request on."""
        self._desk = replace(self._desk, config=config)


@contextmanager
def desk_server(config: Config) -> Iterator[tuple[Server, socket.socket, _CurrentDesk]]:
    """A server that is ready to run, and says where it is.

    Raises:
        DeskError: when strangers could reach it unguarded, or the certificate cannot be used.
        StoreError: when the store cannot be opened.
    """
    from briefing.actions.admin.accounts import Invitation, refuse_open_door
    from briefing.actions.context import open_desk
    from briefing.actions.readers.import_list import sync_lists
    from briefing.cli.daemon.connections import Doorkeeper, Server, server_settings, share
    from briefing.cli.daemon.http_servers import listening
    from briefing.web.desk import make_desk

    if not config.desk.listen:
        raise typer.BadParameter('[desk] listen is empty; write "127.0.0.1:8081", for instance.')
    step = "Name another host or port in [desk] listen, or leave it empty in all processes but one."
    with (
        open_desk(config) as opened,
        listening(config.desk.host, config.desk.port, step) as listener,
    ):
        sync_lists(opened)
        refuse_open_door(opened)
        current = _CurrentDesk(opened)
        invitation = Invitation(actor()) if config.desk.is_private else None
        server: Server | None = None
        settings = server_settings(
            make_desk(current, invitation, lambda: server is not None and server.should_exit),
            Doorkeeper(share(_DESK), config.desk.proxies),
            proxy_headers=bool(config.desk.proxies),
            forwarded_allow_ips=list(config.desk.proxies),
            ssl_certfile=_file(config, config.desk.cert_file),
            ssl_keyfile=_file(config, config.desk.key_file),
            timeout_graceful_shutdown=_PATIENCE,
        )
        _load(settings)
        _announce(config, listener.getsockname()[1], invitation)
        server = Server(settings)
        yield server, listener, current


def _announce(config: Config, port: int, invitation: Invitation | None) -> None:
    here = f"{'https' if config.desk.cert_file else 'http'}://{_host(config)}:{port}"
    say(f"The editors' desk is on {config.desk.public_url or here}; Ctrl+C stops.")
    if invitation is not None:
        say(_way_in(config, f"{here}/sign-in?link={invitation.token}"))


def _way_in(config: Config, link: str) -> str:
    """Where the link is that lets in whoever has it: on a terminal, never in a journal."""
    if sys.stdout.isatty():
        return f"Come in, once, by {link}"
    from briefing.actions.admin.accounts import leave_link

    path = leave_link(config, link)
    return f"Come in, once, by the link in {path}"


def _load(settings: uvicorn.Config) -> None:
    """Read the certificate now, while a fault of it can still be a sentence."""
    try:
        settings.load()
    except OSError as error:  # ssl.SSLError is one
        raise DeskError(
            f"[desk] cert_file {settings.ssl_certfile} and key_file {settings.ssl_keyfile} cannot be "
            f"used: {error.strerror or error}. Name a certificate and its key, both as PEM files."
        ) from None


def _host(config: Config) -> str:
    return f"[{config.desk.host}]" if ":" in config.desk.host else config.desk.host


def _file(config: Config, written: str) -> str | None:
    return str(config.path(written)) if written else None
