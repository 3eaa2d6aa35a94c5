"""/unsubscribe/TOKEN: letting go, by one button or by a mailbox's own (RFC 8058)."""

from contextlib import suppress
from functools import partial
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from briefing.actions.context import Desk
from briefing.actions.public import preferences
from briefing.actions.public.signup import ReaderView
from briefing.model.departure import Departure
from briefing.web.rendering import front_desk, message, page, spoken
from briefing.web.security import read_body
from briefing.web.together import Together

PURPOSE = "unsubscribe"


class Unsubscribe(HTTPEndpoint):
    """Asking changes nothing; a POST of whatever kind lets the reader go at once."""

    async def get(self, request: Request) -> Response:
        """Show one button."""
        token = request.path_params["token"]
        reader = await run_in_threadpool(
            preferences.preferences, front_desk(request), PURPOSE, token
        )
        if reader is None or reader.is_gone:
            return gone(request, reader)
        return page(request, "unsubscribe", title=reader.title, reader=reader)

    async def post(self, request: Request) -> Response:
        """Let go. The link alone says who, so the body may be anything, or nothing."""
        line = preferences.leaving(front_desk(request), PURPOSE, request.path_params["token"])
        reader = None if line is None else await request.app.state.leaving.ask(line)
        # Read to its end, so that the other side hears the answer; it is done all the same.
        with suppress(HTTPException, ClientDisconnect):
            await read_body(request)
        return gone(request, reader)


def leaving_together(desk: Desk) -> Together[Departure, ReaderView]:
    """Whoever lets go at the same time is let go together: one wait for the disk."""
    return Together(partial(preferences.let_go, desk))


def gone(request: Request, reader: ReaderView | None, of: str = "") -> Response:
    """What somebody sees who gets no letters: of one list, or of all that is named."""
    if reader is None:
        return nobody(request)
    say = spoken(request).pages
    return message(
        request,
        say["gone_title"].format(title=of or reader.title),
        say["gone"],
        onward=(f"/subscribe/{quote(reader.list)}", say["again"])
        if reader.list
        else ("/", say["to_home"]),
    )


def nobody(request: Request) -> Response:
    """What the links of a test letter lead to."""
    say = spoken(request).pages
    return message(request, say["test_title"], say["test"], onward=("/", say["to_home"]))


async def own_link(request: Request) -> Response:
    """Where the links of an edition in the archive lead, which has no reader."""
    say = spoken(request).pages
    return message(request, say["own_title"], say["own"], onward=("/archive", say["to_archive"]))
