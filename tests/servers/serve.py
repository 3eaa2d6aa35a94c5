"""Servers of the standard library that end as soon as they are told to."""

from socketserver import BaseServer


def serve(server: BaseServer) -> None:
    """Answer until `shutdown`: it waits for the server's next look, which is half a second by default."""
    server.serve_forever(poll_interval=0.01)
