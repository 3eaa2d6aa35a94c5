"""Whose voice a piece speaks in, once everything that is quoted is taken out."""

import re
from collections.abc import Sequence

_CURLY = re.compile(r"“[^“”]*(?:”|$)")
_STRAIGHT = re.compile(r'"[^"]*(?:"|$)')
#: Single quotes only where they cannot be apostrophes: opened after a space, closed before one.
_SINGLE = re.compile(r"(?:(?<=\s)|^)[‘'](?=\S)[^‘’'\n]{15,600}?[.,!?][’'](?=\s|$)")

_ORGANISATION = (
    r"(?:the )?(?P<name>(?:[A-Z][\w&’'.-]*)(?: (?:(?:of|for|and|the|&) )*[A-Z][\w&’'.-]*){0,7})"
)
#: Where the text names the house that speaks, best first.
_SELF = (
    re.compile(
        r"\b[Mm]y (?:department|ministry|company|firm|business|organisation|charity|bank|agency|"
        rf"council|university|office), {_ORGANISATION}"
    ),
    re.compile(
        r"\b[Oo]ur (?:department|ministry|company|firm|business|organisation|charity|bank|agency), "
        rf"{_ORGANISATION}"
    ),
    re.compile(rf"\b(?:[Hh]ere )?[Aa]t {_ORGANISATION},? we\b"),
    re.compile(rf"\b[Ww]e at {_ORGANISATION}"),
    re.compile(rf"\b[Ww]e,? (?:the )?{_ORGANISATION}, (?:are|have|believe|offer|work)"),
    re.compile(
        rf"{_ORGANISATION}[’']s? (?:new )?(?:products?|platform|customers|clients|services)\b"
    ),
)


def own_words(paragraphs: Sequence[str]) -> str:
    """The text without its quotations, also those that reopen each paragraph and close only once."""
    kept = []
    for text in paragraphs:
        for pattern in (_CURLY, _STRAIGHT, _SINGLE):
            text = pattern.sub(" ", text)  # noqa: PLW2901 - each pattern thins the same paragraph
        kept.append(text)
    return "\n".join(kept)


def speaker(text: str) -> str | None:
    """The house a text speaks for, when it says "my department, the …" or the like."""
    for pattern in _SELF:
        match = pattern.search(text)
        if match:
            return re.sub(r"[’']s?$", "", match["name"]).strip(" .,")
    return None
