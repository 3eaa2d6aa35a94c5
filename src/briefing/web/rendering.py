"""Drawing pages: the templates in pages/, and what each of them knows."""

from pathlib import Path
from typing import cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from briefing.actions.context import Desk
from briefing.actions.public.spoken_words import SpokenWords, read_language, spoken_words

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"),
    # Jinja's own rule would leave *.html.j2 unescaped.
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def front_desk(request: Request) -> Desk:
    """The desk behind the page."""
    return cast("Desk", request.app.state.desk)


def page(
    request: Request,
    name: str,
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **view: object,
) -> HTMLResponse:
    """One page in the look of the house."""
    site, words = front_desk(request).config.site, spoken(request)
    content = _PAGES.get_template(f"{name}.html.j2").render(
        site=site.name,
        postal_address=site.postal_address,
        language=words.tag,
        direction=words.direction,
        say=words.pages,
        day=words.day,
        **view,
    )
    response = HTMLResponse(content, status, headers)
    response.headers["Content-Language"] = words.tag
    response.headers["Vary"] = "Accept-Language"
    return response


def spoken(request: Request) -> SpokenWords:
    """The words of the pages, in the reader's language where there are any, else in the newsroom's."""
    config = front_desk(request).config
    wished = request.headers.get("accept-language", "")
    return spoken_words(config, read_language(wished, config.site.language))


def message(
    request: Request,
    title: str,
    *sentences: str,
    status: int = 200,
    onward: tuple[str, str] | None = None,
) -> HTMLResponse:
    """A page that only says something, with at most one way on: its path and its words."""
    return page(request, "message", status=status, title=title, sentences=sentences, onward=onward)
