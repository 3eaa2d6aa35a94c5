"""/archive: the editions that were sent, for everybody, and a feed of them (RFC 4287)."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from briefing.actions.context import Desk
from briefing.actions.editions.how_made import how_made
from briefing.actions.public import archive
from briefing.actions.public.signup import site_of
from briefing.web.rendering import front_desk, page, spoken
from briefing.web.security import EDITION, STRICT_SANDBOX

_ATOM = "http://www.w3.org/2005/Atom"
#: What XML 1.0 does not allow in any spelling.
_NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HEADERS = {"Content-Security-Policy": STRICT_SANDBOX, "Cache-Control": "max-age=300"}


async def shelves_page(request: Request) -> Response:
    """Every briefing with its newest editions."""
    shelves = await run_in_threadpool(archive.shelves, front_desk(request))
    return page(
        request,
        "archive",
        headers=_HEADERS,
        title=spoken(request).pages["archive"],
        shelves=shelves,
    )


async def shelf_page(request: Request) -> Response:
    """All editions of one briefing."""
    name = request.path_params["briefing"]
    shelf = await run_in_threadpool(archive.shelf, front_desk(request), name)
    return page(request, "shelf", headers=_HEADERS, title=shelf.title, shelf=shelf)


async def edition_page(request: Request) -> Response:
    """One edition as it was sent."""
    briefing, edition = request.path_params["briefing"], request.path_params["edition"]
    content = await run_in_threadpool(archive.archived, front_desk(request), briefing, edition)
    return HTMLResponse(content, headers={**_HEADERS, "Content-Security-Policy": EDITION})


async def made_page(request: Request) -> Response:
    """How one edition was made."""
    desk, names = front_desk(request), request.path_params
    briefing, edition = names["briefing"], names["edition"]
    at = await run_in_threadpool(archive.sent_at, desk, briefing, edition)
    return page(
        request,
        "made",
        headers=_HEADERS,
        title=spoken(request).pages["how_made"],
        briefing=briefing,
        edition=edition,
        at=at,
        made=await run_in_threadpool(how_made, desk, edition),
    )


async def feed(request: Request) -> Response:
    """The newest editions for feed readers."""
    desk, name = front_desk(request), request.path_params["briefing"]
    shelf, entries = await run_in_threadpool(archive.told, desk, name)
    return Response(
        _atom(desk, shelf, entries),
        media_type="application/atom+xml; charset=utf-8",
        headers=_HEADERS,
    )


def _atom(
    desk: Desk, shelf: archive.BriefingArchive, entries: tuple[tuple[archive.Listed, str], ...]
) -> bytes:
    home = site_of(desk) + archive.path_of(shelf.briefing)
    newest = max((each.changed for each, _ in entries), default=datetime.fromtimestamp(0, UTC))
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": desk.config.site.language})
    _add(root, "id", home)
    _add(root, "title", shelf.title)
    _add(root, "updated", newest.isoformat())
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{home}/feed.xml")
    _add(root, "link", rel="alternate", type="text/html", href=home)
    _add(ET.SubElement(root, "author"), "name", desk.config.site.name)
    for each, summary in entries:
        entry = ET.SubElement(root, "entry")
        _add(entry, "id", each.urn)
        _add(entry, "title", each.subject)
        _add(entry, "updated", each.changed.isoformat())
        _add(entry, "published", each.at.isoformat())
        _add(
            entry,
            "link",
            rel="alternate",
            type="text/html",
            href=site_of(desk) + archive.path_of(shelf.briefing, each.edition),
        )
        _add(entry, "summary", summary)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = _NOT_XML.sub(" ", text) or None
