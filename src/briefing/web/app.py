"""The application: which path shows what, and how faults look."""

import logging
import re
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from briefing.actions.context import Desk
from briefing.actions.public.archive import database_state
from briefing.actions.public.click_redirect import ClickFilter
from briefing.actions.public.opinion import OpinionCounter
from briefing.actions.public.preferences import let_go
from briefing.actions.public.spoken_words import read_language
from briefing.errors import BriefingError, LinkOver, SubscriberError
from briefing.web import archive
from briefing.web.api import make_api
from briefing.web.click import click
from briefing.web.confirm import Confirm
from briefing.web.guard import HSTS, Guard
from briefing.web.home import home_page
from briefing.web.hooks import hook
from briefing.web.opinion import Opinion
from briefing.web.pictures import picture
from briefing.web.preferences import Preferences, export
from briefing.web.ready_pages import ReadyPages
from briefing.web.rendering import message, spoken
from briefing.web.security import HEADERS
from briefing.web.subscribe import Subscribe
from briefing.web.together import Together
from briefing.web.unsubscribe import Unsubscribe, own_link
from briefing.web.view import view
from briefing.web.websub import WebSub

_LOG = logging.getLogger("briefing.web")
_STYLE = (Path(__file__).parent / "static" / "pages.css").read_bytes()
_ICON = (Path(__file__).parent / "static" / "icon.svg").read_bytes()
_OWN = ("confirm", "unsubscribe", "preferences", "view", "c", "opinion", "hooks", "websub", "api")
_ROBOTS = "".join(("User-agent: *\n", *(f"Disallow: /{path}/\n" for path in _OWN)))
#: By status: under which names the words of a refusal stand in the language's table.
_REFUSALS = {400: "unread", 404: "missing", 405: "method", 408: "slow", 413: "large"}


async def style(request: Request) -> Response:  # noqa: ARG001 - the same for everybody
    """The one style sheet."""
    return Response(_STYLE, media_type="text/css", headers={"Cache-Control": "max-age=3600"})


async def icon(request: Request) -> Response:  # noqa: ARG001 - the same for everybody
    """A sheet with lines on it, for tabs and bookmarks."""
    return Response(_ICON, media_type="image/svg+xml", headers={"Cache-Control": "max-age=86400"})


async def robots(request: Request) -> Response:  # noqa: ARG001 - the same for everybody
    """What search engines are asked to leave alone: every link that is one reader's own (RFC 9309)."""
    return Response(_ROBOTS, media_type="text/plain", headers={"Cache-Control": "max-age=3600"})


ROUTES = (
    Route("/", home_page),
    Route("/robots.txt", robots),
    Route("/favicon.ico", icon),
    Route("/static/pages.css", style),
    Route("/subscribe/{list}", Subscribe),
    Route("/confirm/{token}", Confirm),
    Route("/unsubscribe", own_link),
    Route("/unsubscribe/{token}", Unsubscribe),
    Route("/preferences", own_link),
    Route("/preferences/{token}", Preferences),
    Route("/preferences/{token}/export", export),
    Route("/view/{token}", view),
    Route("/c/{edition}/{link}", click),
    Route("/opinion/{edition}/{said}", Opinion),
    Route("/pictures/{name}", picture),
    Route("/hooks/{name}", hook, methods=["POST"]),
    Route("/websub/{callback}", WebSub),
    Route("/archive", archive.shelves_page),
    Route("/archive/{briefing}", archive.shelf_page),
    Route("/archive/{briefing}/feed.xml", archive.feed),
    Route("/archive/{briefing}/{edition}", archive.edition_page),
    Route("/archive/{briefing}/{edition}/made", archive.made_page),
)


def _below(path: str, app: ASGIApp) -> Mount:
    """An application that has every address below a path."""
    mount = Mount(path, app)
    # Starlette leaves out those with a line break (findings/starlette-mounts-no-line-break.sh).
    mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
    return mount


def make_app(desk: Desk) -> ASGIApp:
    """The public pages over an open desk, which the caller closes after the last request."""
    app = Starlette(
        routes=(*ROUTES, _below("/api/v1", make_api(desk))),
        exception_handlers={
            HTTPException: _refused,
            SubscriberError: _not_ours,
            BriefingError: _unwell,
            Exception: _broken,
        },
    )
    # A redirect would carry a reader's link through one more answer.
    app.router.redirect_slashes = False
    app.state.desk, app.state.click_filter = desk, ClickFilter()
    app.state.opinion_counter = OpinionCounter()
    app.state.leaving = Together(partial(let_go, desk))
    ready = ReadyPages(
        app,
        lambda: database_state(desk),
        lambda wished: read_language(wished, desk.config.site.language),
    )
    site = urlsplit(desk.config.site.public_url)
    names = frozenset({(site.hostname or "").lower()})
    headers = HEADERS | (HSTS if site.scheme == "https" else {})
    return Guard(ready, names=names, headers=headers, refusal="This site is not here.")


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    headers = error.headers if isinstance(error, HTTPException) else None
    name, say = _REFUSALS.get(status, _REFUSALS[400]), spoken(request).pages
    home = ("/", say["to_home"])
    response = message(request, say[f"{name}_title"], say[name], status=status, onward=home)
    response.headers.update(headers or {})
    return response


async def _not_ours(request: Request, error: Exception) -> Response:
    words = spoken(request)
    said = words.said_of(error, "fault")
    name = error.list if isinstance(error, LinkOver) else ""
    onward = ("/", words.pages["to_home"])
    if name:
        onward = (f"/subscribe/{quote(name, safe='')}", words.pages["again"])
    return message(request, words.pages["fault_title"], said, status=404, onward=onward)


async def _unwell(request: Request, error: Exception) -> Response:
    _LOG.error("A page could not be served: %s", error)
    return _try_later(request, 503)


async def _broken(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the server logs it
    return _try_later(request, 500)


def _try_later(request: Request, status: int) -> Response:
    say = spoken(request).pages
    return message(request, say["unwell_title"], say["unwell"], status=status)
