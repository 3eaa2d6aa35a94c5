"""Connections are counted and timed; files are kept back for what must work."""

import socket
import threading
from collections.abc import MutableMapping
from contextlib import ExitStack
from typing import Any

from briefing.cli.daemon.connections import Doorkeeper, Server, server_settings


def test_a_network_gets_a_quarter_and_the_rest_is_for_others():
    door = Doorkeeper(40)
    inside = [door.admit(f"203.0.113.{number}") for number in range(12)]
    assert sum(name is not None for name in inside) == 10
    assert door.admit("198.51.100.1") is not None
    door.leave("203.0.113.0/24")
    assert door.admit("203.0.113.200") is not None


def test_all_together_get_no_more_than_there_are():
    door = Doorkeeper(20)
    inside = [door.admit(f"10.{number}.0.1") for number in range(30)]
    assert sum(name is not None for name in inside) == 20


def test_one_ipv6_network_has_no_endless_supply_of_addresses():
    door = Doorkeeper(40)
    inside = [door.admit(f"2001:db8::{number:x}") for number in range(40)]
    assert sum(name is not None for name in inside) == 10


def test_behind_a_named_proxy_and_on_this_machine_everybody_may_be():
    door = Doorkeeper(40, ("172.18.0.0/16", "192.0.2.7"))
    for peer in ("127.0.0.1", "172.18.0.1", "192.0.2.7"):
        assert [door.admit(peer) for _ in range(13)].count("trusted") == 13


def test_while_a_server_is_busy_hundreds_of_connections_wait_and_none_is_turned_away():
    """The kernel drops what finds no place in its queue, and its program asks again after a second."""
    asked, free = threading.Event(), threading.Event()

    async def app(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        asked.set()
        free.wait(30)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    server = Server(server_settings(app, Doorkeeper(4_000)))
    with ExitStack() as opened:
        listener = opened.enter_context(socket.create_server(("127.0.0.1", 0)))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            first = opened.enter_context(socket.create_connection(listener.getsockname(), 30))
            first.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert asked.wait(30)
            for _ in range(400):
                opened.enter_context(socket.create_connection(listener.getsockname(), 0.5))
            free.set()
            assert first.recv(12) == b"HTTP/1.1 204"
        finally:
            free.set()
            server.should_exit = True
            thread.join()
