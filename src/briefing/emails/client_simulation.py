"""Previews: the same email as poorer mail programs show it. Approximations, and named so."""

import re

from lxml import etree, html

#: What Word's engine, which draws Outlook for Windows, is shown and others are not.
_REVEALED = re.compile(
    r"<!--\[if (?:mso[^\]]*|\(mso[^\]]*|gte mso[^\]]*)\]>(.*?)<!\[endif\]-->", re.DOTALL
)
#: Settings for Word itself (`o:OfficeDocumentSettings`), which it does not print.
_SETTINGS = re.compile(r"<xml>.*?</xml>", re.DOTALL | re.IGNORECASE)
_HIDDEN = re.compile(r"<!--\[if !mso\]><!-->.*?<!--<!\[endif\]-->", re.DOTALL)
_MEDIA = re.compile(r"@media[^{]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.DOTALL)


def without_styles(markup: str) -> str:
    """As a program shows it that drops every style sheet: Gmail does when one has a fault."""
    root = html.document_fromstring(markup)
    for style in list(root.iter("style")):
        style.drop_tree()
    return _written(root)


def as_outlook(markup: str) -> str:
    """Roughly as Outlook for Windows: its conditional comments shown, media queries unknown."""
    shown = _REVEALED.sub(r"\1", _HIDDEN.sub("", markup))
    return _MEDIA.sub("", _SETTINGS.sub("", shown))


def without_images(markup: str) -> str:
    """As with images off: what remains are their words."""
    root = html.document_fromstring(markup)
    for image in list(root.iter("img")):
        image.attrib.pop("src", None)
        image.attrib.pop("srcset", None)
    return _written(root)


def forced_dark(markup: str) -> str:
    """Roughly as programs that turn light emails dark by themselves: every colour inverted."""
    root = html.document_fromstring(markup)
    style = etree.SubElement(root.head, "style")
    style.text = (
        "html{background:#121212!important;color-scheme:light!important}"
        "body{filter:invert(0.93) hue-rotate(180deg)}"
        "img{filter:invert(1) hue-rotate(180deg)}"
    )
    return _written(root)


def _written(root: html.HtmlElement) -> str:
    written: str = etree.tostring(
        root, method="html", encoding="unicode", doctype="<!doctype html>"
    )
    return written
