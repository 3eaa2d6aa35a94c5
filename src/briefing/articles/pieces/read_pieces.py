"""The settled lines of a page → its pieces: it is cut where one ends and the next begins, and each is parsed.

Of a piece the head is read first, then what its text still hides.
"""

from collections.abc import Callable, Sequence

from briefing.articles.lines.line import HEADLINE_WORDS, STANDFIRST_WORDS, Line
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
from briefing.articles.vocabulary.bylines import is_press

_SURE_WORDS = 14
#: Fewer words over a paragraph are more often a subhead.
_SUBHEAD_WORDS = 4
_LIKELY_SUBHEAD_WORDS = 6
_ENDINGS = frozenset(
    {LineKind.BIOGRAPHY, LineKind.CREDIT, LineKind.PHONE, LineKind.GUEST, LineKind.NOTES}
)
#: What may stand between the end of one piece and the headline of the next.
_ABOVE_HEADLINE = frozenset(
    {
        LineKind.BUTTON,
        LineKind.AGENCY,
        LineKind.CAPTION,
        LineKind.DISCLOSURE,
        LineKind.SLOT,
        LineKind.PAYER,
        LineKind.RELEASE,
        LineKind.LABEL,
        LineKind.DATE,
        LineKind.BYLINE,
        LineKind.FURNITURE,
        LineKind.ADDRESS,
    }
)
#: What may stand between a by-line and its text.
_UNDER_HEADLINE = frozenset(
    {LineKind.FURNITURE, LineKind.DATE, LineKind.BYLINE, LineKind.AGENCY, LineKind.CAPTION}
)
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


def read_pieces(page: Sequence[Line]) -> list[Piece]:
    """The pieces of a page; a payer named between two of them is held against both, and proves neither."""
    parts = _cut(page)
    read = [_piece(lines) for lines in parts]
    for lines, piece, below in zip(parts, read, read[1:], strict=False):
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


def _cut(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut a page into its pieces; every line is in exactly one of them.

    A piece opens at a headline with text below it, once the piece before has had text and then
    an ending (biography, credit), a picture button, a disclosure label or a by-line tells that
    something new begins; or below a rule or a header that parts stories. What stands directly
    above the headline goes with it.
    """
    starts = [0]
    ended, prose = False, 0
    for place, line in enumerate(lines):
        if line.begins_story and prose:
            starts.append(place)
            ended, prose = False, 0
        if line.kind in _ENDINGS or (line.kind is LineKind.BYLINE and _closing(lines, place)):
            ended = ended or prose > 0
        elif prose and line.is_headline:
            top = _top(lines, starts[-1], place)
            if _opens(lines, top, place, ended=ended, prose=prose):
                starts.append(top)
                ended, prose = False, 0
                continue
        if line.is_prose:
            prose += line.words
    ends = [*starts[1:], len(lines)]
    return [list(lines[start:end]) for start, end in zip(starts, ends, strict=True)]


def _closing(lines: Sequence[Line], place: int) -> bool:
    """A by-line under a text, with nothing but a new headline or the end below.

    Where a text follows at once, or a day below a single sentence, that sentence was a standfirst.
    """
    if not place or not lines[place - 1].is_prose:
        return False
    if _under_standfirst(lines, place):
        return False
    below = next((line for line in lines[place + 1 :] if line.kind not in _UNDER_HEADLINE), None)
    return below is None or below.is_headline or below.kind in _ABOVE_HEADLINE


def _under_standfirst(lines: Sequence[Line], place: int) -> bool:
    """Headline, one short text, by-line, day: the day is the piece's own, and its text comes below."""
    if place + 1 == len(lines) or lines[place + 1].kind is not LineKind.DATE:
        return False
    standfirst, above = lines[place - 1], lines[place - 2] if place > 1 else None
    return standfirst.words <= STANDFIRST_WORDS and above is not None and above.is_headline


def _top(lines: Sequence[Line], start: int, headline: int) -> int:
    """The first of the lines that lead up to a headline; an ending is not among them."""
    top = headline
    for above in range(headline - 1, start, -1):
        kind = lines[above].kind
        if kind not in _ABOVE_HEADLINE or (kind is LineKind.BYLINE and _closing(lines, above)):
            break
        leads = kind not in (LineKind.FURNITURE, LineKind.ADDRESS, LineKind.PAYER) or top < headline
        if leads or _payer_leads(lines, above):
            top = above
    return _without_foot(lines, top, headline)


def _without_foot(lines: Sequence[Line], top: int, headline: int) -> int:
    """Lines glued under the old piece, or meant for its foot, stay with it."""
    buttons = [at for at in range(top, headline) if lines[at].kind is LineKind.BUTTON]
    if buttons:
        block = buttons[0]
        while block > top and lines[block].glued:
            block -= 1
        if block > top and lines[block - 1].kind in (
            LineKind.DISCLOSURE,
            LineKind.SLOT,
            LineKind.PAYER,
        ):
            return block if lines[top - 1].is_prose else top
    while top < headline and lines[top].kind in (LineKind.FURNITURE, LineKind.PAYER):
        if _payer_leads(lines, top):
            break
        top += 1
    return top


def _payer_leads(lines: Sequence[Line], place: int) -> bool:
    """A line that names who paid, between two pieces: it leads the second one in.

    It does so when it is glued to what is below, or when the piece above is closed by its author's
    biography. Elsewhere it is the foot of the piece above, or could be: see `read_pieces`.
    """
    if lines[place].kind is not LineKind.PAYER or place + 1 == len(lines):
        return False
    if lines[place].glued or lines[place + 1].glued:
        return lines[place + 1].glued and not lines[place].glued
    above = lines[place - 1] if place else None
    if above is not None and above.kind is LineKind.BIOGRAPHY:
        return all(is_press(author.role) for author in above.authors)
    return lines[place + 1].kind in (LineKind.DISCLOSURE, LineKind.LABEL)


def _opens(lines: Sequence[Line], top: int, place: int, *, ended: bool, prose: int) -> bool:
    line = lines[place]
    if not line.heads_text:
        return False
    above, signed = {at.kind for at in lines[top:place]}, _byline_below(lines, place)
    pictured = bool(above & {LineKind.BUTTON, LineKind.SLOT}) and _sure(lines, top, place)
    if ended:
        return not line.glued or bool(above)
    if above & {LineKind.DISCLOSURE, LineKind.PAYER} or line.facts.disclosure[0]:
        return line.words > 1
    return prose > HEADLINE_WORDS if signed else pictured


def _sure(lines: Sequence[Line], top: int, place: int) -> bool:
    """Without an ending above: a headline, or only a subhead under a picture inside the text?"""
    words = lines[place].words
    if words > _SURE_WORDS or words <= _SUBHEAD_WORDS:
        return False
    below = [line for line in lines[place + 1 : place + 4] if line.kind is LineKind.TEXT]
    has_standfirst = (
        len(below) > 1
        and below[0].words <= STANDFIRST_WORDS
        and len(below[0].text) < len(below[1].text)
    )
    has_credit = any(line.kind is LineKind.AGENCY for line in lines[top:place])
    return has_standfirst or has_credit or words > _LIKELY_SUBHEAD_WORDS


def _byline_below(lines: Sequence[Line], place: int) -> bool:
    """`By NAME` under the headline, or under the standfirst, and text under that."""
    for below in range(place + 1, min(place + 4, len(lines))):
        line = lines[below]
        if line.kind is LineKind.BYLINE:
            return line.heads_text and not _closing(lines, below)
        if line.kind is not LineKind.DATE and line.words > STANDFIRST_WORDS:
            return False
    return False
