"""Labels within a headline: who paid, what form of text it is, of which series; what is left is the headline."""

from briefing.articles.pieces.piece import Piece
from briefing.articles.vocabulary.labels import lift_labels, slot_first
from briefing.articles.vocabulary.payer_names import Disclosure
from briefing.articles.vocabulary.releases import lift_release


def take_disclosure(piece: Piece, lifted: tuple[str | None, str]) -> str:
    """Take the label of paid copy before or behind a headline, or a doubt; return the headline without it.

    Args:
        piece: whose headline it is.
        lifted: label and rest; see `lift_disclosure`.
    """
    paid, headline = lifted
    if paid:
        piece.disclose(paid)
    elif word := slot_first(headline):
        piece.doubtful.append(Disclosure(text=word, payer=None))
    return headline


def take_labels(piece: Piece, headline: str) -> str | None:
    """Take the labels of a headline and what is left of it; return the label of a press release."""
    form, headline = lift_release(headline)
    labels, piece.headline = lift_labels(headline)
    piece.labels += labels
    return form
