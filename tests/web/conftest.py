"""A house that has sent an edition to 40 readers, and its pages, on a real server where a test wants one."""

import email
import email.policy
import http.client
import re
import socket
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
import uvicorn
from tests.desks import act
from tests.newsrooms import new_house, rows
from tests.web.asking import Asked, Here, one_loop
from tests.workers.copies import copied

from briefing.actions.context import Desk, open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.rendering.render import render_edition
from briefing.actions.sending.send import send_edition
from briefing.cli.daemon.connections import Doorkeeper, server_settings
from briefing.config import load_config
from briefing.web import make_app

SITE = "https://briefing.example.org"
READERS = 40


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **how: float) -> None:
        self.now += timedelta(**how)


@pytest.fixture(scope="module", autouse=True)
def _one_loop() -> Iterator[None]:
    """An event loop for all clients of a module."""
    with one_loop():
        yield


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: str
    raw: bytes


@dataclass
class Public:
    """The pages as the world reaches them, asked in the thread of the test until it has them `listen`."""

    desk: Desk
    clock: Clock
    folder: Path
    edition: str
    settings: uvicorn.Config
    _http: http.client.HTTPConnection | None = None
    _tasks: Collection[object] = ()

    def __post_init__(self) -> None:
        self.settings.load()
        self._here = Here(self.settings.loaded_app, raises=False)
        self._ends = ExitStack()

    def listen(self) -> int:
        """From now on have a server answer, for what only a connection can tell; gives its port."""
        listener = self._ends.enter_context(socket.create_server(("127.0.0.1", 0)))
        server = uvicorn.Server(self.settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})

        def stop() -> None:
            server.should_exit = True
            thread.join(20)

        thread.start()
        self._ends.callback(stop)
        self._tasks = server.server_state.tasks
        port = listener.getsockname()[1]
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._ends.callback(self._http.close)
        return port

    def close(self) -> None:
        """Nobody asks any more."""
        self._ends.close()

    def ask(self, method, path, body=None, **headers) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self._http is None:
            told = self._here.ask(_request(method, path, body, named))
            low = {name.decode(): value.decode("latin-1") for name, value in told.headers}
            return Answer(told.status, low, told.body.decode("utf-8", "replace"), told.body)
        self._http.request(method, path, body, named)
        response = self._http.getresponse()
        raw = response.read()
        low = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, low, raw.decode("utf-8", "replace"), raw)

    def get(self, path, **headers) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path, fields=None, **headers) -> Answer:
        kind = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self.ask("POST", path, urlencode(fields or {}), **kind)

    def stamp(self) -> str:
        shown = self.get("/subscribe/readers").body
        return re.search(r'name="stamp" value="([^"]+)"', shown)[1]

    def sign_up(self, address, network="203.0.113.7", **fields) -> Answer:
        """Fill in the form as a person does: two seconds after it was drawn."""
        stamp = fields.pop("stamp", None) or self.stamp()
        self.clock.wait(seconds=3)
        form = {"email": address, "stamp": stamp, "website": "", **fields}
        return self.post("/subscribe/readers", form, X_Forwarded_For=network)

    def settle(self) -> None:
        """Wait until the server has done all it was asked for."""
        until = time.monotonic() + 20
        while self._tasks and time.monotonic() < until:
            time.sleep(0.002)

    def confirmations(self) -> list[email.message.EmailMessage]:
        """The confirmation mails."""
        self.settle()
        return self.mails("confirmations")

    def mails(self, name) -> list[email.message.EmailMessage]:
        return [read(path) for path in self.letters(name)]

    def letters(self, name) -> list[Path]:
        return sorted((self.folder / "var" / "outbox" / name).resolve().glob("*.eml"))

    def links(self, mail) -> dict[str, str]:
        """The paths on our site that a letter leads to, by their first part."""
        found = re.findall(rf"{SITE}(/[^\s\"<>]+)", mail.get_body(("html",)).get_content())
        found += re.findall(rf"{SITE}(/[^\s\"<>]+)", mail["List-Unsubscribe"])
        return {path.split("/")[1]: path for path in found}

    def letter_to(self, address) -> dict[str, str]:
        # To look for bytes takes a thousandth of what 40 letters take to parse.
        named = (path for path in self.letters(self.edition) if address in path.read_text("ascii"))
        (mail,) = (each for each in map(read, named) if address in each["To"])
        return self.links(mail)

    def standing(self, address) -> str:
        self.settle()
        (reader,) = self.desk.store.subscribers.find(address)
        return str(reader.standing)

    def dump(self) -> list[str]:
        """Every row of every table."""
        self.settle()
        return rows(self.folder)


@cache
def read(path) -> email.message.EmailMessage:
    """A letter that lies in an outbox; it does not change there."""
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def _request(method, path, body, headers) -> Asked:
    """What a server reads of a client's request: a body of pieces comes without its length."""
    pieces = [body.encode() if isinstance(body, str) else body or b""]
    if isinstance(body, Iterator):
        pieces = list(body)
    elif pieces != [b""] or method in {"POST", "PUT", "PATCH"}:
        headers = {"Content-Length": str(len(pieces[0]))} | headers
    named = {"Host": "127.0.0.1", **headers}
    sent = [(name.encode(), value.encode("latin-1")) for name, value in named.items()]
    return Asked(method, path.encode(), sent, pieces)


def path_of(link: str) -> str:
    return urlsplit(link).path


@pytest.fixture(scope="session")
def sent_house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("house") / "house"
    readers = (f"reader{n}@example.com,Reader {n},press" for n in range(READERS))
    config, clock = new_house(folder, readers=readers), Clock()
    edition = act(draft, config, "staggers", clock=clock).edition.id
    act(render_edition, config, edition)
    assert act(send_edition, config, edition, clock=clock).is_done
    return folder, edition


@pytest.fixture
def public(sent_house, tmp_path):
    house, edition = sent_house
    folder = tmp_path / "house"
    copied(house, folder, "outbox", "templates", "seeds")
    for unchanged in ("templates", "seeds"):
        (folder / unchanged).symlink_to(house / unchanged)
    (folder / "var" / "outbox").mkdir()
    (folder / "var" / "outbox" / edition).symlink_to(house / "var" / "outbox" / edition)
    with serving(folder, edition) as pages:
        yield pages


@contextmanager
def serving(folder, edition, change=lambda config: config):
    clock = Clock()
    clock.wait(hours=1)
    config = change(load_config(folder / "config.toml"))
    with open_desk(config, clock) as desk:
        settings = server_settings(make_app(desk), Doorkeeper(100))
        settings.log_level = "critical"
        pages = Public(desk, clock, folder, edition, settings)
        try:
            yield pages
        finally:
            pages.close()
