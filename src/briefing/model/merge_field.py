"""A merge field: the place in an email that every reader fills with a value of their own.

While an edition is rendered a slot is a token of letters, digits and underscores only, because
no other spelling survives MJML, premailer and URL quoting. Its first part, the nonce, differs
from edition to edition and never occurs in the content, so no article can forge a slot.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Escaping(StrEnum):
    """How a value is escaped where the token stands."""

    #: Running text: HTML-escaped in the HTML part, plain in the text part.
    TEXT = "t"
    #: A whole address: https, http or mailto only, then HTML-escaped.
    URL = "u"
    #: A part of a query: percent-encoded.
    QUERY = "q"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeField:
    """One open place: `name` says which of the reader's values, `kind` how to escape it."""

    name: str
    kind: Escaping = Escaping.TEXT

    def token(self, nonce: str) -> str:
        """The spelling of this slot inside an email with that nonce."""
        return f"{nonce}{self.kind}_{self.name}_"


#: What every letter can say of its reader; a template that asks for another name is refused.
SLOT_NAMES = ("name", "email", "tags", "unsubscribe_url", "preferences_url", "view_url")


_AFTER_NONCE = re.compile(r"([tuq])_([a-z0-9]+(?:_[a-z0-9]+)*)_")


def cut(text: str, nonce: str) -> tuple[str | MergeField, ...]:
    """The text in order, cut at its tokens: strings where it is fixed, slots where it is open."""
    pieces: list[str | MergeField] = []
    last = at = 0
    while (at := text.find(nonce, at)) >= 0:
        match = _AFTER_NONCE.match(text, at + len(nonce))
        at = match.end() if match else at + len(nonce)
        if match:
            field = MergeField(name=match[2], kind=Escaping(match[1]))
            pieces += [text[last : match.start() - len(nonce)], field]
            last = at
    return tuple(piece for piece in (*pieces, text[last:]) if piece != "")
