"""The desk's pages over a newsroom, and browsers before them."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import quote

import pytest
from starlette.types import ASGIApp
from tests.desks import act
from tests.newsrooms import EDITION, LEAD, Desk
from tests.web.asking import Client

from briefing.actions.admin.accounts import Invitation, add_editor
from briefing.actions.sending.send import send_edition
from briefing.model.editor import Role
from briefing.web.desk import make_desk
from briefing.web.desk.security import cookie_name, form_token

HERE = "http://127.0.0.1:8081"
FROM_HERE = {"Sec-Fetch-Site": "same-origin", "Origin": HERE}
PASSWORD = "four words do very well"
#: Kept by whoever asks for it.
PICTURE = b"a picture"
PLACES = {
    "edition": EDITION,
    "item:path": quote(LEAD, safe=""),
    "name": "desk.css",
    "picture": f"{sha256(PICTURE).hexdigest()}.jpg",
    "briefing": "staggers",
}


def filled(path: str) -> str:
    """A route's path with this house's edition, piece and file in it."""
    for name, value in PLACES.items():
        path = path.replace("{" + name + "}", value)
    return path


@pytest.fixture(autouse=True)
def _cheaply(quick_passwords: None) -> None:
    """No test of the desk's pages is about what a password costs."""


@dataclass
class Browser:
    """One browser: its cookies, and the token that its forms carry."""

    desk: Desk
    app: ASGIApp
    at: str = HERE
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = Client(self.app, self.at, raises=False, follows=False)

    @property
    def held(self) -> str:
        return self.client.cookies.get(cookie_name(self.desk.room.config.desk)) or ""

    @property
    def token(self) -> str:
        return form_token(self.desk.room, self.held)

    def enter(self, role: Role | None = Role.APPROVER, actor: str = "ada") -> "Browser":
        """Be signed in, as sign-in leaves it."""
        room, held = self.desk.room, secrets.token_urlsafe(32)
        room.store.editors.sign_in(held, actor, role, room.clock().timestamp())
        self.client.cookies.clear()
        self.client.cookies.set(cookie_name(room.config.desk), held)
        return self

    def get(self, path: str, **headers: str):
        return self.client.get(filled(path), headers=headers)

    def post(self, path: str, fields=None, headers=None, **more):
        """As the desk's own pages post, with their token; `token=None` leaves it out."""
        form = {"token": self.token, **(fields or {}), **more}
        sent = {name: value for name, value in form.items() if value is not None}
        return self.client.post(
            filled(path), data=sent, headers=FROM_HERE if headers is None else headers
        )

    def sign_in(self, name: str = "ada", password: str = PASSWORD):
        return self.post("/sign-in", {"name": name, "password": password})

    def is_in(self) -> bool:
        return self.get("/").status_code == 200


@pytest.fixture
def invitation() -> Invitation:
    return Invitation("ada")


@pytest.fixture
def app(desk: Desk, invitation: Invitation):
    return make_desk(lambda: desk.room, invitation)


@pytest.fixture
def browser(desk: Desk, app) -> Browser:
    """A browser that is not signed in."""
    return Browser(desk, app)


@pytest.fixture
def another(desk: Desk, app) -> Callable[[], Browser]:
    """More browsers."""
    return lambda: Browser(desk, app)


@pytest.fixture
def ada(desk: Desk) -> None:
    add_editor(desk.room, "ada", Role.APPROVER, PASSWORD)


def send(desk: Desk) -> None:
    """The edition goes to its readers."""
    desk.decide()
    desk.say()
    act(send_edition, desk.room.config, EDITION, clock=desk.clock)


def listen(app, cookie: str, path: str, heard: Callable[[list[str]], bool], method: str = "GET"):
    """Ask for a stream and hang up as soon as enough was heard. The status and what was heard."""
    status, said = [], []

    async def ask() -> None:
        over = asyncio.Event()
        asked = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive():
            if asked:
                return asked.pop()
            await over.wait()
            return {"type": "http.disconnect"}

        async def take(message) -> None:
            if message["type"] == "http.response.start":
                status.append(message["status"])
                return
            said.append(message.get("body", b"").decode())
            if heard(said):
                over.set()

        headers = [(b"host", b"127.0.0.1:8081"), (b"cookie", cookie.encode())]
        scope: dict[str, Any] = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1"}
        scope |= {"method": method, "path": path, "raw_path": path.encode(), "query_string": b""}
        scope |= {"scheme": "http", "headers": headers, "client": ("127.0.0.1", 1)}
        scope |= {"server": ("127.0.0.1", 8081), "root_path": ""}
        await asyncio.wait_for(app(scope, receive, take), 60)

    asyncio.run(ask())
    return status[0], "".join(said)
