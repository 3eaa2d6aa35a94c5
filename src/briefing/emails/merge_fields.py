"""The reader's slots: what they are called inside one edition's email."""

import json
from hashlib import sha256
from pathlib import Path

from briefing.emails.view import View
from briefing.errors import TemplateError, TokenError
from briefing.model.merge_field import SLOT_NAMES, Escaping, MergeField, cut


def nonce_of(view: View) -> str:
    """The beginning of every token in this email: `BRF` and six digits of the content's SHA-256.

    The same content gives the same nonce, so builds repeat byte for byte; no author can know it
    beforehand, because it depends on what the others wrote.

    Raises:
        TokenError: when the content holds it all the same.
    """
    found = view.get("blocks")
    blocks = found if isinstance(found, list) else []
    # Their stories are among the items.
    bare = [block | {"stories": [story["id"] for story in block["stories"]]} for block in blocks]
    content = json.dumps(view | {"blocks": bare}, ensure_ascii=False)
    nonce = "BRF" + sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    if nonce in content:
        raise TokenError(
            f"The content holds {nonce!r}, with which every reader's slot of this edition begins; "
            "change any word of the edition, and the slots are called something else."
        )
    return nonce


def tokens(nonce: str) -> dict[str, str]:
    """The token of every slot that a design may use, by name."""
    return {name: MergeField(name=name, kind=_kind(name)).token(nonce) for name in SLOT_NAMES}


def refuse_unfillable(parts: tuple[str, ...], nonce: str, folder: Path) -> None:
    """A design may only ask for what every letter can say, and must leave tokens whole.

    Raises:
        TemplateError: for a slot that has another name or was changed by a filter.
    """
    known = ", ".join(SLOT_NAMES)
    changes = (str, str.lower, str.upper, str.capitalize, str.title, str.swapcase)
    changed = {change(nonce) for change in changes}
    for piece in (piece for part in parts for piece in cut(part, nonce)):
        if isinstance(piece, MergeField) and piece.name not in SLOT_NAMES:
            raise TemplateError(f"there is no slot {piece.name!r}; known: {known}.", path=folder)
        if isinstance(piece, str) and any(map(piece.__contains__, changed)):
            raise TemplateError(
                f"a slot was changed on its way; print slots as they are, without filters: {known}.",
                path=folder,
            )


def _kind(name: str) -> Escaping:
    return Escaping.URL if name.endswith("_url") else Escaping.TEXT
