"""What everybody gets alike: the style sheet, the icon, and what search engines are asked to leave alone."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

_STYLE = (Path(__file__).parent / "static" / "pages.css").read_bytes()
_ICON = (Path(__file__).parent / "static" / "icon.svg").read_bytes()
_OWN = ("confirm", "unsubscribe", "preferences", "view", "c", "opinion", "hooks", "websub", "api")
_ROBOTS = "".join(("User-agent: *\n", *(f"Disallow: /{path}/\n" for path in _OWN)))


async def style(request: Request) -> Response:  # noqa: ARG001 - the same for everybody
    """The one style sheet."""
    return Response(_STYLE, media_type="text/css", headers={"Cache-Control": "max-age=3600"})


async def icon(request: Request) -> Response:  # noqa: ARG001 - the same for everybody
    """A sheet with lines on it, for tabs and bookmarks."""
    return Response(_ICON, media_type="image/svg+xml", headers={"Cache-Control": "max-age=86400"})


async def robots(request: Request) -> Response:  # noqa: ARG001 - the same for everybody
    """What search engines are asked to leave alone: every link that is one reader's own (RFC 9309)."""
    return Response(_ROBOTS, media_type="text/plain", headers={"Cache-Control": "max-age=3600"})
