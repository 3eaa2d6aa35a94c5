"""Drawing the desk's pages: the templates in pages/, and what all of them know."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from briefing.actions.context import Desk
from briefing.counted import counted
from briefing.web.desk.browser_names import browser_named
from briefing.web.desk.security import Visit


def lasting(wait: timedelta) -> str:
    """How long, in the two largest units: `9 h 12 min`."""
    minutes = max(0, round(wait.total_seconds() / 60))
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        return f"{counted(days, 'day')} {hours} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def clock_time(moment: datetime) -> str:
    """A moment with its zone: `Mon 23 Nov, 06:30 Europe/London`."""
    zone = getattr(moment.tzinfo, "key", "UTC")
    return f"{moment:%a} {moment.day} {moment:%b}, {moment:%H:%M} {zone}"


def since(seconds: float) -> str:
    """A moment of the log, in UTC."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{moment.day} {moment:%b %Y, %H:%M:%S} UTC"


def ago(seconds: float) -> str:
    """How long ago, in one unit: `4 min ago`, `3 h ago`, `2 days ago`."""
    minutes = max(0, int(seconds // 60))
    if minutes < 60:  # noqa: PLR2004
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 2880 else f"{minutes // 1440} days ago"  # noqa: PLR2004


_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"),
    # Jinja's own rule would leave *.html.j2 unescaped.
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters.update(browser_named=browser_named)
_PAGES.filters.update(counted=counted, lasting=lasting, clock_time=clock_time, since=since, ago=ago)


def the_desk(request: Request) -> Desk:
    """The desk behind the page, under the configuration in force."""
    return cast("Desk", request.app.state.current())


def draw(
    request: Request, name: str, who: Visit | None, *, status: int = 200, **view: object
) -> HTMLResponse:
    """One page of the desk."""
    desk = the_desk(request)
    content = _PAGES.get_template(f"{name}.html.j2").render(
        site=desk.config.site.name,
        who=who.session if who else None,
        token=who.token if who else "",
        has_password=bool(who and desk.store.editors.find(who.session.actor)),
        path=request.url.path,
        first=next(iter(desk.config.briefings), ""),
        **view,
    )
    return HTMLResponse(content, status)


def tell(
    request: Request,
    who: Visit | None,
    title: str,
    *sentences: str,
    status: int = 200,
    onward: tuple[str, str] | None = None,
    typed: Sequence[str] = (),
) -> HTMLResponse:
    """A page that says something, with at most one way on (path and words), and what was typed to no effect."""
    return draw(
        request,
        "message",
        who,
        status=status,
        title=title,
        sentences=sentences,
        onward=onward,
        typed=typed,
    )
