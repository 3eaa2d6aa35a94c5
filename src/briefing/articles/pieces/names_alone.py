"""Names alone between a headline and its text: those that sign it, without a word that says so."""

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.pieces.piece import Piece
from briefing.articles.text.fingerprint import words_of
from briefing.articles.vocabulary.bylines import lone_name, natural
from briefing.articles.vocabulary.payer_names import is_organised
from briefing.model.article import Author

_PAIR = 2


def is_bare_byline(rest: list[Line]) -> bool:
    """A name alone with a date or a job under it; without them it may be a subhead."""
    if not rest[0].facts.name:
        return False
    return rest[1].kind is LineKind.DATE or bool(rest[1].facts.role and rest[1].words <= 8)  # noqa: PLR2004


def signs_alone(piece: Piece, rest: list[Line]) -> bool:
    """A person's name between headline and text; one of several such lines is a subhead of a list."""
    name = rest[0].facts.name or _name_in_capitals(rest)
    if name is None or not rest[1].is_prose or is_organised(name) or name in piece.headline:
        return False
    told = piece.disclosure or piece.payers or piece.labels
    return not told and not any(line.facts.name for line in rest[1:])


def sign_together(piece: Piece, rest: list[Line]) -> tuple[Author, ...]:
    """Two persons' names and nothing else between headline and text, of which neither says a word."""
    authors = rest[0].facts.authors_alone
    said = set(words_of(" ".join([piece.headline, *(line.text for line in rest[1:])])))
    known = piece.disclosure or piece.payers or piece.labels or not rest[1].is_prose
    if len(authors) != _PAIR or known or "," in rest[0].text:
        return ()
    is_told = any(set(words_of(one.name)) & said or is_organised(one.name) for one in authors)
    return () if is_told else authors


def _name_in_capitals(rest: list[Line]) -> str | None:
    """A name in capitals of which the text below says nothing: a subhead's words come again in it."""
    text, name = rest[0].text, lone_name(natural(rest[0].text))
    said = words_of(" ".join(line.text for line in rest[1:]))
    return name if text.isupper() and not set(words_of(text)) & set(said) else None
