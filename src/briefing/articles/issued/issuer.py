"""Who issued a piece: the name, from the place where it stands."""

import re

from briefing.articles.pieces.piece import Piece
from briefing.articles.text.unquoted_text import speaker
from briefing.articles.vocabulary.lookup import Grammar
from briefing.articles.vocabulary.payer_names import is_organised
from briefing.articles.vocabulary.releases import opens_about, without_office
from briefing.model.article import Basis

_CAP = r"[A-ZÀ-Þ][\w&’'-]{0,30}"
_NAMED = rf"(?:[Tt]he )?(?P<name>{_CAP}(?: (?:(?:of|for|and|the|de|du|des|für|der|in|&) ){{0,2}}{_CAP}){{0,7}})"
#: "LONDON, 28 November 2026 – " before the first sentence.
_DATELINE = re.compile(
    r"^(?:[^\n–—:]{2,70}(?:\d{4}|\))\s?|[A-ZÀ-Þ][A-ZÀ-Þ ,.]{2,40}\s?|\([^()]{2,60}\)\s?)(?:[–—:]| -)+\s?"
)
_ACTS = Grammar("releases", rf"^{_NAMED}(?: \([A-Z]{{2,10}}\))?,? {{body's verb}}\b")
#: A name that is said as often is what the text is about.
_RECURS = 2


def issuer(piece: Piece, voice: str) -> tuple[str | None, Basis | None]:
    """The body that issued a piece: declared where the page or letter names it, else inferred.

    "About NAME", the sender's press office and the house whose form or folder it is declare it. The
    one whom the first sentence lets act is inferred, where its name is that of a body, recurs, or is
    in the address that newsrooms are to write to.
    """
    lines = (*piece.notes, piece.sender[0], *(author.name for author in piece.authors))
    abouts = (opens_about(line) for line in piece.notes)
    offices = (without_office(line) for line in lines if _is_short(line))
    declared = next((name for name in (*abouts, *offices) if name and _is_body(name)), None)
    if declared:
        return _tidy(declared), Basis.DECLARED
    acting = _acting(piece)
    if acting:
        return acting, Basis.INFERRED
    house = speaker(voice)
    return (house, Basis.INFERRED) if house and is_organised(house) else (None, None)


def _acting(piece: Piece) -> str | None:
    first = piece.paragraphs[0].text if piece.paragraphs else ""
    found = _ACTS.match(_DATELINE.sub("", first))
    name = _tidy(found["name"]) if found else ""
    if not name:
        return None
    told = " ".join(part.text for part in piece.paragraphs)
    written = " ".join((*piece.notes, *piece.sender)).casefold()
    hosts = re.findall(r"@([\w.-]+)", written)
    is_host = any(
        word.casefold() in host
        for host in hosts
        for word in name.split()
        if len(word) > 3  # noqa: PLR2004 - "of", "the"
    )
    return name if is_organised(name) or is_host or told.count(name) >= _RECURS else None


def _is_short(line: str) -> bool:
    return line.count(" ") <= 8  # noqa: PLR2004 - a name, "press office" and a comma


def _is_body(name: str) -> bool:
    """A name, and not the rest of a sentence."""
    return bool(re.match(rf"^{_NAMED}$", name))


def _tidy(name: str) -> str:
    return re.sub(r"^[Tt]he (?=[A-ZÀ-Þ])|[’']s?$", "", name).strip(" .,:")
