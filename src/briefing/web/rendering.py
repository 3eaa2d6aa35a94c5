"""Drawing pages: the templates in pages/, and what each of them knows."""

from functools import lru_cache
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
    # Else the disk is asked for each template of each page.
    auto_reload=False,
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
    content = _drawn(words, site.name, site.postal_address, name, **view)
    return _answer(words, content, status, headers)


def _drawn(words: SpokenWords, site: str, postal_address: str, name: str, **view: object) -> str:
    return _PAGES.get_template(f"{name}.html.j2").render(
        site=site,
        postal_address=postal_address,
        language=words.tag,
        direction=words.direction,
        say=words.pages,
        day=words.day,
        **view,
    )


#: What is said to one reader is said to many: that they are off a list, that a link is over.
_drawn_message = lru_cache(maxsize=64)(_drawn)


def _answer(
    words: SpokenWords, content: str, status: int, headers: dict[str, str] | None = None
) -> HTMLResponse:
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
    site, words = front_desk(request).config.site, spoken(request)
    said = {"title": title, "sentences": sentences, "onward": onward}
    return _answer(
        words, _drawn_message(words, site.name, site.postal_address, "message", **said), status
    )
