"""Signs that a body speaks for itself, each with the place where it stands."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from briefing.articles.issued.issuer import acts_on_its_own_site
from briefing.articles.lines.release_notes import begins_with, is_reached
from briefing.articles.pieces.piece import Piece
from briefing.articles.vocabulary.releases import (
    distributed_by,
    ends_release,
    imprint,
    is_press_mailbox,
    is_release_folder,
    is_statement,
    opens_about,
    opens_contact,
    opens_investors,
    opens_notes,
    own_voice,
    without_office,
)
from briefing.model.article import Evidence

#: Points of each sign. A label is proof; so are notes to editors with any other sign.
_LABEL, _WIRE, _IMPRINT, _STATEMENT = 60, 60, 60, 35
_NOTES, _CONTACT, _ABOUT, _ITSELF, _INVESTORS, _ENDS = 40, 30, 25, 40, 30, 30
_SENDER, _FOLDER, _OWN_SITE = 30, 30, 40
#: "Our members" and one more make a person look; a newspaper's leader has findings and wishes as well.
_MEMBERS, _FINDINGS, _PLEA = 20, 10, 10


def proofs(piece: Piece, url: str | None) -> tuple[Evidence, ...]:
    """What the page, the letter and the lines around the text say of its form."""
    return (*_declared(piece, url), *_under(piece))


def voices(voice: str) -> tuple[Evidence, ...]:
    """Whether the text speaks for a body: two of "our members", "our survey found" and "we call on".

    Any of them alone is in comment and in data journalism as well.
    """
    said = zip(
        own_voice(voice),
        ((_MEMBERS, "members"), (_FINDINGS, "findings"), (_PLEA, "wishes")),
        strict=True,
    )
    found = [
        _evidence(points, f"speaks of a body’s own {what} (“{words}”)", "body")
        for words, (points, what) in said
        if words
    ]
    return tuple(found) if len(found) > 1 else ()


def _declared(piece: Piece, url: str | None) -> Iterator[Evidence]:
    if piece.release:
        yield _evidence(_LABEL, f"declared as “{piece.release}”", "label")
    elif is_statement(piece.headline):
        yield _evidence(_STATEMENT, "its headline calls it a statement", "headline")
    wire = distributed_by(piece.paragraphs[0].text) if piece.paragraphs else None
    if wire:
        yield _evidence(_WIRE, f"distributed by “{wire}”, as its dateline says", "dateline")
    name, address = piece.sender
    names = (name, *(author.name for author in piece.authors))
    office = next((one for one in names if without_office(one) is not None), None)
    if office or is_press_mailbox(address):
        yield _evidence(_SENDER, f"sent by a press office ({office or address})", "sender")
    own = acts_on_its_own_site(piece, url)
    if own:
        yield _evidence(_OWN_SITE, f"{own} tells on its own site what it does", "address")
    folders = urlsplit(url).path.split("/") if url else []
    folder = next((part for part in folders if is_release_folder(part)), None)
    if folder:
        yield _evidence(_FOLDER, f"stands in a site’s own “{folder}”", "address")


def _under(piece: Piece) -> Iterator[Evidence]:
    notes = piece.notes
    heading = next(filter(opens_notes, notes), None)
    if heading:
        yield _evidence(_NOTES, f"has notes to editors under the text (“{heading}”)", "foot")
    contact = next(filter(opens_contact, notes), None)
    if contact and any(map(is_reached, notes)):
        yield _evidence(_CONTACT, f"tells newsrooms whom to call (“{contact[:60]}”)", "foot")
    about = next(filter(None, map(opens_about, notes)), None)
    if about:
        first = piece.paragraphs[0].text if piece.paragraphs else ""
        points = _ITSELF if begins_with(first, about) else _ABOUT
        yield _evidence(points, f"tells who it is under “About {about}”", "foot")
    if any(map(opens_investors, notes)):
        yield _evidence(_INVESTORS, "speaks to its investors", "foot")
    for name in filter(None, map(imprint, notes)):
        yield _evidence(_IMPRINT, f"bears the imprint of {name}", "foot")
    end = next(filter(ends_release, notes), None)
    if end:
        yield _evidence(_ENDS, f"closes as releases do (“{end}”)", "foot")


def _evidence(points: int, text: str, where: str) -> Evidence:
    return Evidence(points=points, text=text, where=where)
