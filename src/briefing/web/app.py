"""The application: which path shows what."""

import re
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from briefing.actions.context import Desk
from briefing.actions.public.archive import database_state
from briefing.actions.public.click_redirect import ClickFilter
from briefing.actions.public.opinion import OpinionCounter
from briefing.actions.public.spoken_words import read_language
from briefing.web import archive
from briefing.web.api import make_api
from briefing.web.click import click
from briefing.web.confirm import Confirm
from briefing.web.faults import HANDLERS
from briefing.web.guard import HSTS, Guard
from briefing.web.home import home_page
from briefing.web.hooks import hook
from briefing.web.opinion import Opinion
from briefing.web.pictures import picture
from briefing.web.preferences import Preferences, export
from briefing.web.ready_pages import ReadyPages
from briefing.web.security import HEADERS
from briefing.web.static_files import icon, robots, style
from briefing.web.subscribe import Subscribe
from briefing.web.unsubscribe import Unsubscribe, leaving_together, own_link
from briefing.web.view import view
from briefing.web.websub import WebSub

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
        exception_handlers=HANDLERS,
    )
    # A redirect would carry a reader's link through one more answer.
    app.router.redirect_slashes = False
    app.state.desk, app.state.click_filter = desk, ClickFilter()
    app.state.opinion_counter = OpinionCounter()
    app.state.leaving = leaving_together(desk)
    ready = ReadyPages(
        app,
        lambda: database_state(desk),
        lambda wished: read_language(wished, desk.config.site.language),
    )
    site = urlsplit(desk.config.site.public_url)
    names = frozenset({(site.hostname or "").lower()})
    headers = HEADERS | (HSTS if site.scheme == "https" else {})
    return Guard(ready, names=names, headers=headers, refusal="This site is not here.")
