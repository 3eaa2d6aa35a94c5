"""The last look at a rendered email: whatever was lost on the way is refused."""

from pathlib import Path

from lxml import etree

from briefing.emails.view import View
from briefing.errors import TemplateError, TokenError
from briefing.model.slot import SLOT_NAMES, Slot, cut


def refuse_losses(compiled: str, html: str, folder: Path) -> None:
    """Compare what MJML gave with what is left after inlining.

    Raises:
        TemplateError: when Outlook's comments, dark mode's `!important` or the doctype are gone.
    """
    for mark in ("<!--[if", "<![endif]", "!important", "@media"):
        if html.count(mark) < compiled.count(mark):
            raise TemplateError(f"inlining lost {mark!r}; check theme.css.", path=folder)
    if not html.startswith("<!doctype html>") or "data-premailer" in html:
        raise TemplateError("inlining broke the document; check theme.css.", path=folder)


def refuse_silence(view: View, html: str, text: str, folder: Path) -> None:
    """Every story and the sponsor's label must be in both parts.

    Raises:
        TemplateError: naming what is missing and in which part.
    """
    visible = " ".join("".join(etree.fromstring(html, etree.HTMLParser()).itertext()).split())
    flat = " ".join(text.split())
    for item in (*_items(view, "items"), *_items(view, "sponsored")):
        for part, content in (("HTML", visible), ("text", flat)):
            for field in ("headline", "paragraph"):
                if item[field] not in content:
                    raise TemplateError(
                        f"the {part} part lost the {field} of {item['id']}; print {field!r}.",
                        path=folder,
                    )
    label = str(view["sponsor_label"])
    if view["sponsored"] and not (label in visible and flat.count(label) > 1):
        raise TemplateError(f"paid copy stands without its label {label!r}.", path=folder)


def refuse_unknown_slots(parts: tuple[str, ...], nonce: str, folder: Path) -> None:
    """A template may only ask for what every letter can say.

    Raises:
        TemplateError: for a slot of another name.
        TokenError: for a token that no letter would fill.
    """
    for part in parts:
        rest = ""
        for piece in cut(part, nonce):
            if isinstance(piece, Slot) and piece.name not in SLOT_NAMES:
                raise TemplateError(
                    f"there is no slot {piece.name!r}; known: {', '.join(SLOT_NAMES)}.", path=folder
                )
            rest += piece if isinstance(piece, str) else ""
        if nonce in rest:
            raise TokenError(f"{folder}: a slot is cut in half; its token may not be changed.")


def _items(view: View, name: str) -> list[dict[str, str]]:
    found = view[name]
    return found if isinstance(found, list) else []
