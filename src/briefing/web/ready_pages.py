"""Answers kept ready: what the archive says is the same for everybody until the database changes."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from weakref import WeakValueDictionary

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ARCHIVE = "/archive"
#: How an edition was made takes long and is asked for seldom.
_NOT_KEPT = "/made"
#: An edition's page is some 50 kB.
_MOST = 64
#: Fields that an answer without a body does not have.
_OF_BODY = ("content-length", "content-type")
#: Path, and the language that the reader is spoken to in.
_Key = tuple[str, str]


@dataclass(slots=True)
class _Answer:
    """One answer, as the application gave it."""

    #: How many had asked when it was begun, and the state of the database then.
    began: int
    state: int | None
    start: Message | None = None
    body: bytes = b""
    tag: str = ""

    async def note(self, message: Message) -> None:
        """Take what the application sends."""
        if message["type"] == "http.response.start":
            self.start = message
        else:
            self.body += message.get("body", b"")

    @property
    def is_good(self) -> bool:
        return self.start is not None and self.start["status"] == HTTPStatus.OK

    async def give(self, send: Send, known: str) -> None:
        """Answer somebody; who has it already (RFC 9110 section 13.1.2) is told so, and no more."""
        if self.start is None:
            return
        headers = MutableHeaders(raw=list(self.start["headers"]))
        start, body = {**self.start, "headers": headers.raw}, self.body
        if self.tag:
            headers["etag"] = self.tag
            if self.tag in known:
                start["status"], body = HTTPStatus.NOT_MODIFIED.value, b""
                for name in _OF_BODY:
                    del headers[name]
        await send(start)
        await send({"type": "http.response.body", "body": body})


class ReadyPages:
    """Stands before an application, and gives what it gave before as long as that still holds.

    An answer holds as long as nobody has committed anything, and for whoever asked before it was begun: of
    many who ask for a page at once, one has it made.
    """

    def __init__(
        self, app: ASGIApp, state: Callable[[], int | None], language: Callable[[str], str]
    ) -> None:
        """Keep answers of one application.

        Args:
            app: what answers.
            state: a number that every commit to the database changes; None where that is not known.
            language: the language of the pages for an Accept-Language header.
        """
        self._app, self._state, self._language = app, state, language
        self._kept: OrderedDict[_Key, _Answer] = OrderedDict()
        self._turns: WeakValueDictionary[_Key, asyncio.Lock] = WeakValueDictionary()
        self._asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if not _may_be_kept(scope):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        key = (scope["path"], self._language(headers.get("accept-language", "")))
        self._asked += 1
        asked = self._asked
        answer = self._found(key, asked)
        if answer is None:
            turn = self._turns.setdefault(key, asyncio.Lock())
            async with turn:
                answer = self._found(key, asked) or await self._made(key, scope, receive, send)
        await answer.give(send, headers.get("if-none-match", ""))

    def _found(self, key: _Key, asked: int) -> _Answer | None:
        """What is kept, if it still holds for whoever was the so manyeth to ask."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        if kept.began < asked and (kept.state is None or kept.state != self._state()):
            return None
        self._kept.move_to_end(key)
        return kept

    async def _made(self, key: _Key, scope: Scope, receive: Receive, send: Send) -> _Answer:
        answer = _Answer(self._asked, self._state())
        try:
            # As GET: who asks for the head alone is given the same, without the body.
            await self._app({**scope, "method": "GET"}, receive, answer.note)
        except Exception:
            await answer.give(send, "")
            raise
        if answer.is_good:
            answer.tag = f'"{sha256(answer.body).hexdigest()[:32]}"'
            self._kept[key] = answer
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return answer


def _may_be_kept(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    path: str = scope["path"]
    return (path == _ARCHIVE or path.startswith(f"{_ARCHIVE}/")) and not path.endswith(_NOT_KEPT)
