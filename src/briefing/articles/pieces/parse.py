"""The lines of each piece → the piece: its head is read first, then what its text still hides."""

from collections.abc import Callable, Sequence

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.pieces.authors import (
    name_authors,
    take_column_note,
    take_dateline,
    take_foot_name,
    take_signing_payer,
    take_unmarked_biography,
)
from briefing.articles.pieces.head import (
    body_from_standfirst,
    drop_pull_quotes,
    paragraphs,
    read_head,
)
from briefing.articles.pieces.piece import Piece, sort_lines

#: Every pass over a piece whose lines are sorted, in the order they run.
PASSES: tuple[Callable[[Piece], None], ...] = (
    drop_pull_quotes,  # first: they only repeat the text that all others look at
    body_from_standfirst,  # a gallery has a text from here on
    name_authors,  # before anybody asks who signs: a job is joined to its name
    take_signing_payer,  # a house that paid is not a writer below
    take_unmarked_biography,  # known by the name of a writer
    take_column_note,
    take_foot_name,  # the last line, once biography and note are off it
    take_dateline,  # last: where nothing else tells the day
)


def parsed(cut: Sequence[Sequence[Line]]) -> list[Piece]:
    """Each piece parsed; a payer named between two of them is held against both, and proves neither."""
    read = [_piece(lines) for lines in cut]
    for lines, piece, below in zip(cut, read, read[1:], strict=False):
        shared = _shared_payers(lines)
        doubtful = [payer for payer in piece.payers if payer.text in shared]
        piece.payers = [payer for payer in piece.payers if payer.text not in shared]
        piece.doubtful += doubtful
        below.doubtful += doubtful
    return read


def _shared_payers(piece: Sequence[Line]) -> list[str]:
    """The lines at the foot of a piece that could as well be the head of the next."""
    shared: list[str] = []
    for line in reversed(piece):
        if line.kind is LineKind.PAYER and not line.glued:
            shared.append(line.text)
        elif line.kind is not LineKind.FURNITURE:
            break
    return shared


def _piece(lines: Sequence[Line]) -> Piece:
    """Read the lines of one piece; every line ends in exactly one field or in `removed`."""
    piece = Piece()
    piece.paragraphs = paragraphs(read_head(piece, sort_lines(piece, lines)))
    for each in PASSES:
        each(piece)
    return piece
