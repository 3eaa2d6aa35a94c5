"""Who issued a piece: the name, from the place where it stands."""

import re
from urllib.parse import urlsplit

from briefing.articles.pieces.piece import Piece
from briefing.articles.text.unquoted_text import speaker
from briefing.articles.vocabulary.lookup import Grammar
from briefing.articles.vocabulary.payer_names import is_organised
from briefing.articles.vocabulary.releases import imprint, issued_from, opens_about, without_office
from briefing.model.article import Basis

_CAP = r"[A-ZÀ-Þ][\w&’'-]{0,30}"
_ARTICLE = r"(?:[Tt]he|[Ll][ae]s?|[Ee]l|[Ll]os|[Ii]l|[Dd]ie|[Dd]er|[Dd]as|[Dd]e|[Hh]et)"
_NAMED = (
    rf"(?:{_ARTICLE} )?"
    rf"(?P<name>{_CAP}(?: (?:(?:of|for|and|the|de|du|des|für|der|in|&) ){{0,2}}{_CAP}){{0,7}})"
)
#: A name of one to four words, wherever it stands.
_NAME_RUN = rf"(?<!\w)({_CAP}(?: {_CAP}){{0,3}})"
#: Where a dateline may end: "LONDON, 28 November 2026 – ", "Leith--(BUSINESS WIRE)--".
_DATELINE = re.compile(r"(?:--|[–—:)]|\s-)\s*")
_DATELINE_LENGTH = 140
_ACTS = Grammar(
    "releases",
    rf"{_NAMED}(?:,? (?i:plc|ltd|llp|gmbh|inc|corp|se|ag)\.?)?(?: \([A-Za-z: .]{{2,40}}\))?,? {{body's verb}}\b",
)
#: Lines of the text among which "From: NAME" may stand.
_HEAD = 2
#: In letters; a shorter name is in many addresses by chance.
_SHORTEST = 3
#: A name that is said as often is what the text is about.
_RECURS = 2


def issuer(piece: Piece, voice: str) -> tuple[str | None, Basis | None]:
    """The body that issued a piece: declared where the page or letter names it, else inferred.

    An imprint, "About NAME", "From: NAME", a press office and the site itself, where the text names
    it, declare it. The one whom the first sentence lets act is inferred, where its name is that of a
    body, recurs, or is in the address that newsrooms are to write to.
    """
    lines = (*piece.notes, piece.sender[0], *(author.name for author in piece.authors))
    texts = [part.text for part in piece.paragraphs]
    beside = [*piece.notes, *(line.text for line in piece.removed), *texts[:_HEAD]]
    names = (
        *map(imprint, piece.notes),
        *map(opens_about, piece.notes),
        *map(issued_from, filter(_is_short, beside)),
        *map(without_office, filter(_is_short, lines)),
        piece.publisher if piece.publisher and piece.publisher in " ".join(texts) else None,
        _sending(piece.sender[0], " ".join(texts)),
    )
    declared = next((name for name in names if name and _is_body(name)), None)
    if declared:
        return _tidy(declared), Basis.DECLARED
    acting = acting_body(piece)
    if acting and _is_known(acting, piece):
        return acting, Basis.INFERRED
    if hosted := _hosted(piece):
        return hosted, Basis.INFERRED
    house = speaker(voice)
    return (house, Basis.INFERRED) if house and is_organised(house) else (None, None)


def acts_on_its_own_site(piece: Piece, url: str | None) -> str | None:
    """The one whom the first sentence lets act, where the page is of a site in that name."""
    acting = acting_body(piece)
    if acting is None:
        return None
    known = f"{piece.publisher} {urlsplit(url or '').hostname or ''}".casefold()
    squeezed = re.sub(r"\W", "", acting.casefold())
    is_own = squeezed in re.sub(r"[^\w.]", "", known) and len(squeezed) > _SHORTEST
    return acting if is_own else None


def acting_body(piece: Piece) -> str | None:
    """The one whom the first sentence lets act in a verb of releases: "NAME today announced"."""
    for first in (piece.standfirst, *(part.text for part in piece.paragraphs[:1])):
        ends = (mark.end() for mark in _DATELINE.finditer((first or "")[:_DATELINE_LENGTH]))
        acts = (_ACTS.match((first or "")[place:]) for place in (0, *ends))
        name = next((_tidy(found["name"]) for found in acts if found), None)
        if name:
            return name
    return None


def _sending(name: str, text: str) -> str | None:
    """The body that sent it, where the text tells of it, with its country before its name or without."""
    told = is_organised(name) and any(one and one in text for one in (name, name.partition(" ")[2]))
    return name if told else None


def _hosted(piece: Piece) -> str | None:
    """The body that the text names again and again, in whose name newsrooms are written to: press@NAME.example."""
    told = " ".join(part.text for part in piece.paragraphs)
    names = {re.sub(r"\W", "", name.casefold()): name for name in re.findall(_NAME_RUN, told)}
    hosts = [host.split(".") for host in _hosts(piece)]
    parts = (part.replace("-", "") for host in hosts for part in host[:-1])
    found = next((names[part] for part in parts if part in names and len(part) > _SHORTEST), None)
    return found if found and told.count(found) >= _RECURS else None


def _hosts(piece: Piece) -> list[str]:
    """The hosts of the addresses that newsrooms may write to."""
    return re.findall(r"@([\w.-]+)", " ".join((*piece.notes, *piece.sender)).casefold())


def _is_known(name: str, piece: Piece) -> bool:
    """It is the name of a body, recurs, or is in the address that newsrooms are to write to."""
    told = " ".join(part.text for part in piece.paragraphs)
    hosts = _hosts(piece)
    is_host = any(
        word.casefold() in host
        for host in hosts
        for word in name.split()
        if len(word) > 3  # noqa: PLR2004 - "of", "the"
    )
    return is_organised(name) or is_host or told.count(name) >= _RECURS


def _is_short(line: str) -> bool:
    return line.count(" ") <= 8  # noqa: PLR2004 - a name, "press office" and a comma


def _is_body(name: str) -> bool:
    """A name, and not the rest of a sentence."""
    return bool(re.match(rf"^{_NAMED}$", name))


def _tidy(name: str) -> str:
    return re.sub(r"^[Tt]he (?=[A-ZÀ-Þ])|[’']s?$", "", name).strip(" .,:")
