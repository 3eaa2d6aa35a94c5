"""premailer: our style sheet into `style` attributes; the only place that imports it."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from briefing.emails.compact_css import compact_css
from briefing.emails.shapes import Shapes
from briefing.emails.stylesheet import ONE_AT_A_TIME, read_style_sheet, silenced
from briefing.errors import TemplateError

#: Style sheets that are kept read; a house has a few designs.
_KEPT = 16
#: Style sheets whose selectors ask only what an element is and what it stands in.
_ASKS_THE_WAY = re.compile(r"(?:[\w\s.#,>-]*\{[^{}]*\})*\s*")
#: What such selectors tell elements apart by, and `style`, to which premailer adds.
_TOLD_BY = ("class", "id", "style")


def inlined(html: str, style_sheet: Path) -> Any:
    """Write the rules of a style sheet into the elements they match; the page they make.

    The document's own <style> blocks keep all they say: premailer would strip `!important` from
    dark mode rules, drop [data-ogsc] rules and fetch an @import even where its network is off.

    Raises:
        TemplateError: when the style sheet cannot be read or written into elements.
    """
    root = etree.fromstring(html, etree.HTMLParser())
    with ONE_AT_A_TIME:
        css = read_style_sheet(style_sheet)
        style = _style_shapes if _ASKS_THE_WAY.fullmatch(css) else _style_all
        style(root, css, style_sheet)
    for own in root.iter("style"):
        own.text = compact_css(own.text or "")
    return root


def written(root: Any) -> str:
    """A page as HTML."""
    # mrml writes a lower-case doctype, which premailer would not know again and drop.
    return str(etree.tostring(root, method="html", encoding="unicode", doctype="<!doctype html>"))


def _style_shapes(root: Any, css: str, path: Path) -> None:
    """Hand premailer one element of each shape, and none where it has seen all of them in an earlier letter."""
    if _known(css).shapes.is_full:
        _known.cache_clear()
    known = _known(css)
    shape_of = known.shapes.of(root)
    if not known.styles.keys() >= set(shape_of.values()):
        shapes = known.shapes.tree(shape_of.values())
        _transform(next(iter(shapes.values())), css, path)
        known.styles.update(
            {number: _compact(one.get("style", "")) for number, one in shapes.items()}
        )
    for element, shape in shape_of.items():
        if known.styles[shape]:
            element.set("style", known.styles[shape])


@dataclass(frozen=True, slots=True)
class _Known:
    """What premailer made of each shape of a design, from letter to letter."""

    shapes: Shapes
    styles: dict[int, str]


@lru_cache(maxsize=_KEPT)
def _known(css: str) -> _Known:  # noqa: ARG001 - the key
    return _Known(Shapes(_TOLD_BY), {})


def _style_all(root: Any, css: str, path: Path) -> None:
    for style in root.iter("style"):
        style.set("data-premailer", "ignore")
    _transform(root, css, path)
    for style in root.iter("style"):
        style.attrib.pop("data-premailer", None)
    for element in root.iterfind(".//*[@style]"):
        element.set("style", _compact(element.get("style")))


def _compact(style: str) -> str:
    """An attribute without its last semicolon and the spaces behind others: Gmail cuts a letter off by its bytes.

    Where a string stands in it, its spaces are not touched.
    """
    style = style.rstrip("; ")
    bare = '"' not in style and "'" not in style
    return style.replace("; ", ";").replace(", ", ",") if bare else style


def _transform(root: Any, css: str, path: Path) -> None:
    try:
        _inliner()(
            root,
            css_text=[css],
            allow_network=False,
            allow_loading_external_files=False,
            strip_important=False,
            keep_style_tags=False,
            disable_validation=True,
            align_floating_images=False,
            disable_basic_attributes=["width", "height", "align", "valign", "bgcolor"],
            remove_classes=False,
            include_star_selectors=False,
            disable_link_rewrites=True,
        ).transform()
    # An attribute style="head" on a matched element, for one, ends in a TypeError.
    except (TypeError, AttributeError, ValueError) as error:
        raise TemplateError(f"the style sheet cannot be inlined: {error}.", path=path) from error


@cache
def _inliner() -> Any:
    """premailer, which reads a style sheet once: it would write each rule again for every letter."""
    silenced()
    from premailer import Premailer  # noqa: PLC0415 - half a second, and only rendering needs it

    read = dict[tuple[str, int], Any]()

    class Inliner(Premailer):  # type: ignore[misc]  # it has no types
        def _parse_style_rules(self, css_body: str, ruleset_index: int) -> Any:
            key = (css_body, ruleset_index)
            if key not in read:
                if len(read) >= _KEPT:
                    read.clear()
                read[key] = super()._parse_style_rules(css_body, ruleset_index)
            rules, rest = read[key]
            return list(rules), list(rest)

    return Inliner
