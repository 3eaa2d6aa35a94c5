"""Who presents a piece, in a name that a person may bear: a programme has a host, who pays for nothing.

A label proves that whoever presents it paid, and so does a writer of that house. Without one the text tells: it
speaks of whoever paid for it, or in a seller's voice, and hardly ever of the voice that reads it.
"""

import re

from briefing.articles.paid.signals import PROGRAMME, VOICE
from briefing.articles.pieces.piece import Piece
from briefing.articles.vocabulary.payer_names import Disclosure


def payers_and_doubts(piece: Piece, voice: str) -> tuple[list[Disclosure], list[Disclosure]]:
    """The lines that prove a payer, and those that an editor has to look at; a host is in neither.

    Args:
        piece: whose lines name payers.
        voice: its text without quotations.
    """
    sure = [one for one in piece.payers if not one.is_host or _employs(one.payer or "", piece)]
    if sure or piece.disclosure or piece.slot:
        return piece.payers, piece.doubtful
    told = f"{piece.headline} {piece.standfirst or ''} {voice}"
    hosts = [] if PROGRAMME.search(told) else piece.payers
    sells = any(clue.grammar.pattern.search(voice) for clue in VOICE if not clue.is_service)
    doubts = [one for one in hosts if sells or _is_told(one.payer or "", voice)]
    return [], [*piece.doubtful, *doubts]


def _employs(name: str, piece: Piece) -> bool:
    """Whoever signs is of that house: "By Cora Mullen, Salt Road Walks"."""
    return any(f", {name}" in author.raw for author in piece.authors)


def _is_told(name: str, text: str) -> bool:
    """The text speaks of the name, and not as of a person: "Ines Calder, who", "said Ines Calder"."""
    whole, last = re.escape(name), re.escape(name.rpartition(" ")[2])
    as_person = (
        rf"\b{whole},? (?:who|whose|said|says)\b|\b(?:said|says) {whole}\b|"
        rf"\b(?:Mr|Mrs|Ms|Dr|Sir) (?:\w+ )?{last}\b"
    )
    return bool(re.search(rf"\b{whole}\b", text)) and not re.search(as_person, text)
