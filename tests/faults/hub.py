"""A hub on loopback (W3C WebSub): it verifies whoever asks, and tells them of news."""

import hashlib
import hmac
import http.client
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.servers.serve import serve


class Hub:
    """Keeps who subscribed to what; `forms` are all that it was asked."""

    def __init__(self) -> None:
        self.forms: list[dict[str, str]] = []
        #: By callback.
        self.subscribed: dict[str, dict[str, str]] = {}
        #: Answers of subscribers that were asked whether they mean it.
        self.verified: list[tuple[int, str]] = []
        self.status = 202
        #: What it says instead of asking, such as "denied".
        self.mode = ""
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(sent).items()}
                hub.forms.append(form)
                if hub.status < 300:
                    hub.verify(form)  # before it answers, as some do
                self.send_response(hub.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hub"
        self.port = self._server.server_port

    def __enter__(self) -> Self:
        threading.Thread(target=serve, args=(self._server,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def verify(self, form: dict[str, str], **changed: str) -> tuple[int, str]:
        """Ask a subscriber whether it meant that."""
        challenge, mode = secrets.token_hex(8), self.mode or form["hub.mode"]
        said = {
            "hub.mode": mode,
            "hub.topic": form["hub.topic"],
            "hub.challenge": challenge,
            "hub.lease_seconds": "864000",
        } | {f"hub.{name}": value for name, value in changed.items()}
        answer = call("GET", f"{form['hub.callback']}?{urlencode(said)}")
        self.verified.append(answer)
        if answer == (200, challenge) and mode == "subscribe":
            self.subscribed[form["hub.callback"]] = form
        if answer == (200, challenge) and mode == "unsubscribe":
            self.subscribed.pop(form["hub.callback"], None)
        return answer

    def publish(self, body: bytes, *, method: str = "sha256", secret: str = "") -> list[int]:
        """Tell all subscribers; says what they answered."""
        answers = []
        for callback, form in list(self.subscribed.items()):
            key = (secret or form["hub.secret"]).encode()
            digest = hmac.new(key, body, getattr(hashlib, method)).hexdigest()
            signed = {"X-Hub-Signature": f"{method}={digest}"}
            answers.append(call("POST", callback, body, signed)[0])
        return answers


def call(
    method: str, url: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, str]:
    """What an address answers."""
    place = urlsplit(url)
    connection = http.client.HTTPConnection(place.netloc, timeout=60)
    try:
        path = f"{place.path}?{place.query}" if place.query else place.path
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()
