"""The page on which a design is tried: every specimen on a phone and on a desktop, drawn again after each save."""

import json
import re
from collections.abc import Callable
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

from briefing.actions.context import Desk
from briefing.actions.rendering.designs import STAND_IN, Trial, faults_of, state_of, try_design
from briefing.errors import TemplateError, why

_FRAMES = (375, 700)
#: Asks whether a file has changed since the page was drawn; the frames stay where they were scrolled to.
_SCRIPT = """
const drawn = document.documentElement.dataset.state;
async function look() {
  const said = await (await fetch("/state", { cache: "no-store" })).json();
  if (said.state !== drawn) location.reload();
}
setInterval(() => look().catch(() => {}), 700);
"""
_STYLE = (
    "body{font:15px/1.4 Arial,sans-serif;margin:16px;color-scheme:light dark}"
    "iframe{border:1px solid #888;height:640px;margin-right:12px;background:#fff}"
    ".faults{background:#b1121d;color:#fff;padding:8px 12px 8px 32px}pre{max-height:200px;overflow:auto}"
)
#: Nothing in a letter runs, and nothing is fetched but what stands for its pictures.
_GUARD = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'"
_PICTURE = re.compile(r'(?<=src=")[^"]*(?=/pictures/[0-9a-f]{64}\.jpg")')


def watch(desk: Desk, folder: Path, port: int, say: Callable[[str], None]) -> None:
    """Serve the page on this machine alone until somebody presses Ctrl+C.

    Raises:
        TemplateError: when the port is taken.
    """
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler(desk, folder))
    except OSError as error:
        raise TemplateError(
            f"port {port} cannot be listened on: {why(error)}. Name another with --port."
        ) from error
    with server:
        say(f"Look: http://127.0.0.1:{server.server_port}/ (Ctrl+C ends it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("Ended.")


class _Trials:
    """What the files of a design make as they are now; the nine requests of one page ask for the same."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk, self._folder, self._lock = desk, folder, Lock()
        self._state, self._found = "", dict[str, Trial]()

    def now(self) -> tuple[str, dict[str, Trial]]:
        """The state of the files, and the trials of that state by name."""
        with self._lock:
            state = state_of(self._folder)
            if state != self._state:
                self._found = {one.name: one for one in try_design(self._desk, self._folder)}
                self._state = state
            return self._state, self._found


def handler(desk: Desk, folder: Path) -> type[BaseHTTPRequestHandler]:
    """What answers for one design."""
    trials = _Trials(desk, folder)

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            if path == "/state":
                self._answer(
                    "application/json",
                    json.dumps({"state": state_of(folder)}),
                    "default-src 'none'",
                )
                return
            state, found = trials.now()
            name = path.removeprefix("/letter/")
            if path == "/":
                own = "default-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
                self._answer("text/html", _page(folder, state, list(found.values())), own)
            elif name in found and (email := found[name].email):
                self._answer("text/html", _PICTURE.sub("", email.html), _GUARD)
            elif path.startswith("/pictures/"):
                self._answer("image/svg+xml", STAND_IN, "default-src 'none'")
            else:
                self.send_error(404, "There is no such specimen")

        def _answer(self, kind: str, body: str, policy: str) -> None:
            content = body.encode()
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Content-Security-Policy", policy)
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
            """Nobody reads it."""

    return Page


def _page(folder: Path, state: str, trials: list[Trial]) -> str:
    parts = "".join(map(_shown, trials))
    faults = "".join(f"<li>{escape(sentence)}</li>" for sentence in faults_of(trials))
    told = f'<ul class="faults">{faults}</ul>' if faults else ""
    return (
        f'<!doctype html><html lang="en" data-state="{state}"><meta charset="utf-8">'
        f"<title>{escape(folder.name)}</title><style>{_STYLE}</style>"
        f"<h1>{escape(folder.name)}</h1>{told}{parts}<script>{_SCRIPT}</script></html>"
    )


def _shown(trial: Trial) -> str:
    name = escape(trial.name)
    title = f"<h2>{name}</h2>"
    if trial.email is None:
        return f"{title}<p>Not rendered.</p>"
    frames = "".join(
        f'<iframe title="{name}, {width} px" width="{width}" src="/letter/{name}"></iframe>'
        for width in _FRAMES
    )
    size = f"{len(trial.email.html.encode()):,} bytes"
    plain = f"<details><summary>Plain text</summary><pre>{escape(trial.email.text)}</pre></details>"
    return f"{title}<p>{size}</p>{frames}{plain}"
