"""/help: the editors' guide, docs/editing.md, each screen's link leading to the part about it."""

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from briefing.shipped import shipped
from briefing.web.desk.rendering import draw
from briefing.web.desk.security import Visit

if TYPE_CHECKING:
    from markdown_it.token import Token


def guide(request: Request, who: Visit) -> Response:
    """The whole guide, with its parts named on top."""
    parts, text = _read()
    return draw(request, "help", who, title="Help", parts=parts, text=text)


@cache
def _read() -> tuple[tuple[tuple[str, str], ...], Markup]:
    """Anchor and title of each part, and the page; read once, for it comes with the program."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - only where somebody asks for help

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse((shipped("docs") / "editing.md").read_text("utf-8"))
    parts = []
    for token, inside in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", _anchor(inside.content))
            if token.tag == "h2":
                parts.append((_anchor(inside.content), inside.content))
    for token in tokens:
        token.children = _here(token.children) if token.children else token.children
    return tuple(parts), Markup(parser.renderer.render(tokens, parser.options, {}))  # noqa: S704 - ours


def _anchor(title: str) -> str:
    return "-".join(re.findall(r"\w+", title.lower()))


def _here(tokens: "list[Token]") -> "list[Token]":
    """Without pictures of screens that are a press away, and without links to files that are not here."""
    kept, is_cut = [], False
    for token in tokens:
        if token.type == "link_open":
            is_cut = str(token.attrGet("href")).endswith(".md")
        is_link = token.type in ("link_open", "link_close")
        if token.type != "image" and not (is_link and is_cut):
            kept.append(token)
    return kept
