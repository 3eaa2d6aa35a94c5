"""Pictures: described, sized, in a form that clients draw, and never the only way to say something.

Those that editors put to stories are credited too, printed, and at an address that readers reach.
"""

import re
from collections.abc import Iterator
from typing import Any

from briefing.counted import counted
from briefing.emails.blocks.pictures import picture_of
from briefing.emails.checks.links import problem_of
from briefing.emails.checks.rule import (
    EMAIL,
    ERROR,
    INFO,
    WARNING,
    Fault,
    Faults,
    cut,
    quoted,
    rule,
)
from briefing.emails.checks.sample import Proof
from briefing.model.edition import Item, PrintedPicture

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
        name = cut(image.get("src") or "", 80)
        if alt is None:
            yield Fault(ERROR, f'The picture {name} has no alt; describe it, or say alt="".', place)
            continue
        link = next(image.iterancestors("a"), None)
        if link is not None and not alt.strip() and not "".join(link.itertext()).strip():
            yield Fault(
                ERROR, f"The picture {name} is a link without words; give it an alt.", place
            )
        if _FILE.fullmatch(alt.strip()) or _IMAGE_OF.match(alt.strip()) or len(alt) > _LONGEST_ALT:
            message = f"The alt {quoted(alt, 40)} of {name} is a file name, a label or over {_LONGEST_ALT} long."
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
                f"The picture {cut(image.get('src') or '', 80)} has width={width!r}; give pixels."
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
            message = f"{cut(source, 80)} is not drawn by {_FORMS[kind[1]]}; use PNG or JPEG."
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
        text = counted(len(proof.words), "character")
        message = f"{counted(pictures, 'picture')} and {text} of text; write at least {_TEXT}."
        yield Fault(WARNING, message, EMAIL)


def _chosen(proof: Proof) -> Iterator[tuple[Item, PrintedPicture, str]]:
    """Each story with its picture and the address that the letter shows it at; empty where it shows none."""
    shown = [image.get("src") or "" for image in proof.page.iter("img")]
    for item in proof.edition.items:
        if item.picture:
            at = next((one for one in shown if one.endswith(item.picture.path)), "")
            yield item, item.picture, at


@rule(
    "img-credit",
    ERROR,
    reason="Who does not see it gets its words alone, and whoever made it is named wherever it is printed.",
    source="WCAG 2.2, success criterion 1.1.1; Berne Convention, article 6bis: the right to be named",
)
def img_credit(proof: Proof) -> Faults:
    """Every picture that an editor put to a story says what it shows, and whose it is."""
    for item, picture, _ in _chosen(proof):
        missing = [
            what
            for what, said in (("an alt", picture.alt), ("a credit", picture.credit))
            if not said.strip()
        ]
        if missing:
            message = (
                f"The picture of {quoted(item.headline)} is without {' and '.join(missing)}; write it "
                "under Picture."
            )
            yield Fault(ERROR, message, proof.place_of(item))


@rule(
    "img-address",
    ERROR,
    WARNING,
    reason="Readers' mail programs fetch it from there; where nothing answers they see its words alone.",
    source="ours: pictures are served by the public pages, and nothing is linked from elsewhere",
)
def img_address(proof: Proof) -> Faults:
    """Every picture of a story stands at an address of this house that readers can reach."""
    for item, _, at in _chosen(proof):
        severity, problem = problem_of(at) if at else (WARNING, "")
        if problem:
            message = (
                f"The picture of {quoted(item.headline)} stands at {cut(at)!r}, {problem}: set `[site] "
                "public_url` in config.toml to where your public pages answer."
            )
            yield Fault(severity, message, proof.place_of(item))


@rule(
    "img-printed",
    INFO,
    reason="What an editor chose and nobody sees is missed too late.",
    source="ours: nothing that an editor does is dropped in silence",
)
def img_printed(proof: Proof) -> Faults:
    """Every picture that an editor put to a story is in the letter."""
    for item, _, at in _chosen(proof):
        if not at:
            why = (
                "the design prints none in its block"
                if picture_of(item)
                else "it is not the newsroom's own story any more"
            )
            message = f"The picture of {quoted(item.headline)} is kept and not printed: {why}."
            yield Fault(INFO, message, proof.place_of(item))
