"""premailer: our style sheet into `style` attributes; the only place that imports it."""

from pathlib import Path
from threading import Lock
from typing import Any

from lxml import etree

from briefing.errors import TemplateError

#: premailer and cssutils keep state in their modules.
_ONE_AT_A_TIME = Lock()


def inline(html: str, css_file: Path) -> str:
    """Write the rules of a style sheet into the elements they match.

    The document's own <style> blocks stay as they are: premailer would strip `!important` from
    dark mode rules, drop [data-ogsc] rules and fetch @import even where its network is off.

    Raises:
        TemplateError: when the style sheet cannot be read or names another one.
    """
    css = _style_sheet(css_file)
    root = etree.fromstring(html, etree.HTMLParser())
    for style in root.iter("style"):
        style.set("data-premailer", "ignore")
    with _ONE_AT_A_TIME:
        tree = _transform(root, css, css_file)
    for style in tree.iter("style"):
        style.attrib.pop("data-premailer", None)
    return str(etree.tostring(tree, method="html", encoding="unicode", doctype="<!doctype html>"))


def _style_sheet(path: Path) -> str:
    try:
        css = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"the style sheet cannot be read: {error}.", path=path) from error
    if "@import" in css.lower():
        raise TemplateError("a style sheet may not @import another; copy the rules in.", path=path)
    return css


def _transform(root: Any, css: str, path: Path) -> Any:
    # Half a second to import, and only rendering needs it.
    import logging  # noqa: PLC0415

    import cssutils  # noqa: PLC0415
    from premailer import Premailer  # noqa: PLC0415

    cssutils.log.setLevel(logging.CRITICAL)
    try:
        return Premailer(
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
    except (TypeError, AttributeError, ValueError) as error:
        raise TemplateError(f"the style sheet cannot be inlined: {error}.", path=path) from error
