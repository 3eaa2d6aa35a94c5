"""Signs that a body speaks for itself, each with the place where it stands."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from briefing.articles.lines.release_notes import is_reached
from briefing.articles.pieces.piece import Piece
from briefing.articles.vocabulary.releases import (
    ends_release,
    is_press_mailbox,
    is_release_folder,
    opens_about,
    opens_contact,
    opens_notes,
    own_voice,
    without_office,
)
from briefing.model.article import Evidence

#: Points of each sign. A label is proof; so are notes to editors with any other sign.
_LABEL, _NOTES, _CONTACT, _ABOUT, _ENDS = 60, 40, 30, 25, 20
_SENDER, _FOLDER = 30, 30
_MEMBERS, _FINDINGS, _PLEA = 15, 15, 10


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
    name, address = piece.sender
    names = (name, *(author.name for author in piece.authors))
    office = next((one for one in names if without_office(one) is not None), None)
    if office or is_press_mailbox(address):
        yield _evidence(_SENDER, f"sent by a press office ({office or address})", "sender")
    folders = urlsplit(url).path.split("/") if url else []
    folder = next((part for part in folders if is_release_folder(part)), None)
    if folder:
        yield _evidence(_FOLDER, f"stands in a site’s own “{folder}”", "address")


def _under(piece: Piece) -> Iterator[Evidence]:
    notes = piece.notes
    heading = next(filter(opens_notes, notes), None)
    if heading:
        yield _evidence(_NOTES, f"“{heading}” stands under the text", "foot")
    contact = next(filter(opens_contact, notes), None)
    if contact and any(map(is_reached, notes)):
        yield _evidence(_CONTACT, f"tells newsrooms whom to call (“{contact[:60]}”)", "foot")
    about = next(filter(opens_about, notes), None)
    if about:
        yield _evidence(_ABOUT, f"tells who it is under “{about}”", "foot")
    end = next(filter(ends_release, notes), None)
    if end:
        yield _evidence(_ENDS, f"“{end}” closes the text", "foot")


def _evidence(points: int, text: str, where: str) -> Evidence:
    return Evidence(points=points, text=text, where=where)
