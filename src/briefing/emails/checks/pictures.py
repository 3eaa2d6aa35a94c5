"""Pictures: described, sized, in a form that clients draw, and never the only way to say something."""

import re
from typing import Any

from briefing.emails.checks.rule import EMAIL, ERROR, WARNING, Fault, Faults, rule
from briefing.emails.checks.sample import Proof

_LONGEST_ALT = 125
_FILE = re.compile(r"\S+\.(png|jpe?g|gif|webp|avif|svg)", re.IGNORECASE)
_IMAGE_OF = re.compile(r"(image|picture|photo(graph)?) of\b", re.IGNORECASE)
_BODY_WIDTH = 640
_TEXT = 500
_FORMS = {
    "svg": "Gmail and Outlook for Windows",
    "webp": "Outlook for Windows",
    "avif": "Outlook for Windows, Gmail's Android app and Samsung Email",
}


@rule(
    "img-alt",
    ERROR,
    WARNING,
    reason="It is all that readers get who listen, or whose client blocks pictures.",
    source="WCAG 2.2, success criterion 1.1.1",
)
def img_alt(proof: Proof) -> Faults:
    """Every picture has an alt; in a link it has words; it is neither a file name nor a label."""
    for image in proof.page.iter("img"):
        place, alt = proof.place(image), image.get("alt")
        name = (image.get("src") or "")[:80]
        if alt is None:
            yield Fault(ERROR, f'The picture {name} has no alt; describe it, or say alt="".', place)
            continue
        link = next(image.iterancestors("a"), None)
        if link is not None and not alt.strip() and not "".join(link.itertext()).strip():
            yield Fault(
                ERROR, f"The picture {name} is a link without words; give it an alt.", place
            )
        if _FILE.fullmatch(alt.strip()) or _IMAGE_OF.match(alt.strip()) or len(alt) > _LONGEST_ALT:
            message = f"The alt “{alt[:40]}” of {name} is a file name, a label or over {_LONGEST_ALT} long."
            yield Fault(WARNING, message, place)


@rule(
    "img-dim",
    WARNING,
    reason="Outlook for Windows takes the size from the attribute only, and text jumps without it.",
    source="Measured on 2026-11-22: premailer and Outlook's engine; Maizzle's linter asks it too",
)
def img_dim(proof: Proof) -> Faults:
    """Every picture has a width in whole pixels, no wider than the page."""
    for image in proof.page.iter("img"):
        width = image.get("width") or ""
        if not width.isdigit() or int(width) > _body_width(proof.page):
            message = (
                f"The picture {(image.get('src') or '')[:80]} has width={width!r}; give pixels."
            )
            yield Fault(WARNING, message, proof.place(image))


def _body_width(page: Any) -> int:
    """The widest max-width that a section sets."""
    found = [
        int(width)
        for style in page.xpath("//div/@style")
        for width in re.findall(r"max-width:\s*(\d+)px", style)
    ]
    return max(found, default=_BODY_WIDTH)


@rule(
    "img-format",
    WARNING,
    reason="A picture that is not drawn leaves a hole, or an icon that says broken.",
    source="caniemail.com, image-svg (2023-01-15), image-webp (2021-02-06), image-avif (2021-05-14); "
    "read 2026-11-23",
)
def img_format(proof: Proof) -> Faults:
    """Pictures are PNG, JPEG or GIF behind an address, not SVG, WebP, AVIF or data."""
    for image in proof.page.iter("img"):
        source = image.get("src") or ""
        kind = re.search(r"\.(svg|webp|avif)(?:[?#]|$)", source.lower())
        if source.lower().startswith("data:"):
            message = "A picture is written into the page as data:, which many webmails drop; give an address."
            yield Fault(WARNING, message, proof.place(image))
        elif kind:
            message = f"{source[:80]} is not drawn by {_FORMS[kind[1]]}; use PNG or JPEG."
            yield Fault(WARNING, message, proof.place(image))


@rule(
    "img-ratio",
    WARNING,
    reason="Outlook blocks pictures until asked, and filters distrust letters that are one picture.",
    source="Outlook's default; 500 characters are the usual advice of filters (research of 2026-11-22)",
)
def img_ratio(proof: Proof) -> Faults:
    """A letter with pictures says at least 500 characters outside them."""
    pictures = len(list(proof.page.iter("img")))
    if pictures and len(proof.words) < _TEXT:
        message = f"{pictures} pictures and {len(proof.words)} characters of text; write at least {_TEXT}."
        yield Fault(WARNING, message, EMAIL)
