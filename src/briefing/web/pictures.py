"""/pictures/SHA-256.jpg: what editors put to stories. The name is the content, so it never changes."""

import re

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.actions.context import Desk
from briefing.web.rendering import front_desk

_NAME = re.compile(r"([0-9a-f]{64})\.jpg")
#: A year, and no need to ask again (RFC 8246); webmail shows it on pages of its own.
_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


async def picture(request: Request) -> Response:
    """One picture, for letters, the archive and whoever has its address."""
    name = request.path_params["name"]
    return Response(
        await run_in_threadpool(kept_picture, front_desk(request), name),
        media_type="image/jpeg",
        headers=_HEADERS,
    )


def kept_picture(desk: Desk, name: str) -> bytes:
    """The bytes of a picture by the last part of its path.

    Raises:
        HTTPException: 404, when there is none.
    """
    found = _NAME.fullmatch(name)
    content = desk.store.pictures.find(found[1]) if found else None
    if content is None:
        raise HTTPException(404)
    return content
