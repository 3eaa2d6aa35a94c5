"""premailer: our style sheet into `style` attributes; the only place that imports it."""

from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from briefing.emails.stylesheet import ONE_AT_A_TIME, read_style_sheet, silenced
from briefing.errors import TemplateError

#: Style sheets that are kept read; a house has a few designs.
_KEPT = 16


def inline(html: str, style_sheet: Path) -> str:
    """Write the rules of a style sheet into the elements they match.

    The document's own <style> blocks stay as they are: premailer would strip `!important` from
    dark mode rules, drop [data-ogsc] rules and fetch an @import even where its network is off.

    Raises:
        TemplateError: when the style sheet cannot be read or written into elements.
    """
    root = etree.fromstring(html, etree.HTMLParser())
    for style in root.iter("style"):
        style.set("data-premailer", "ignore")
    with ONE_AT_A_TIME:
        tree = _transform(root, read_style_sheet(style_sheet), style_sheet)
    for style in tree.iter("style"):
        style.attrib.pop("data-premailer", None)
    for element in tree.iterfind(".//*[@style]"):
        element.set("style", _compact(element.get("style")))
    # mrml writes a lower-case doctype, which premailer would not know again and drop.
    return str(etree.tostring(tree, method="html", encoding="unicode", doctype="<!doctype html>"))


def _compact(style: str) -> str:
    """An attribute without the spaces behind its semicolons: Gmail cuts a letter off by its bytes.

    Where a string stands in it, nothing is touched.
    """
    return style if '"' in style or "'" in style else style.replace("; ", ";")


def _transform(root: Any, css: str, path: Path) -> Any:
    try:
        return _inliner()(
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
