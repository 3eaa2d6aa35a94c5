"""A web server of one page or file, on loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

from tests.servers.serve import serve


@contextmanager
def answering(
    body: bytes, status: int = 200, media_type: str = "application/octet-stream"
) -> Iterator[tuple[str, list[str]]]:
    """One answer, whatever is asked for; yields host and port, and the paths that were asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=serve, args=(server,))
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def served(body: bytes) -> Iterator[str]:
    """HTML on this machine, whatever is asked for; yields an address of it."""
    with answering(body, media_type="text/html; charset=utf-8") as (host, _):
        yield f"http://{host}/quarry-road"
