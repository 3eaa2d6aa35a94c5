"""Where one piece of a page ends and the next begins."""

from collections.abc import Sequence

from briefing.articles.lines.line import HEADLINE_WORDS, STANDFIRST_WORDS, Line
from briefing.articles.lines.line_kind import LineKind
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


def pieces(lines: Sequence[Line], texts: Sequence[bool], ruled: frozenset[int]) -> list[list[Line]]:
    """Cut a page into its pieces; every line is in exactly one of them.

    A piece opens at a headline with text below it, once the piece before has had text and then
    an ending (biography, credit), a picture button, a disclosure label or a by-line tells that
    something new begins; or below a rule or a header that parts stories. What stands directly
    above the headline goes with it.

    Args:
        lines: of a page.
        texts: for each line whether a paragraph follows below; see `over_text`.
        ruled: the places below such rules and headers; see `ruled_off`.
    """
    starts = [0]
    ended, prose = False, 0
    for place, line in enumerate(lines):
        if place in ruled and prose:
            starts.append(place)
            ended, prose = False, 0
        if line.kind in _ENDINGS or (line.kind is LineKind.BYLINE and _closing(lines, place)):
            ended = ended or prose > 0
        elif prose and line.is_headline:
            top = _top(lines, starts[-1], place)
            if _opens(lines, texts, top, place, ended=ended, prose=prose):
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
        if leads or payer_leads(lines, above):
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
        if payer_leads(lines, top):
            break
        top += 1
    return top


def payer_leads(lines: Sequence[Line], place: int) -> bool:
    """A line that names who paid, between two pieces: it leads the second one in.

    It does so when it is glued to what is below, or when the piece above is closed by its author's
    biography. Elsewhere it is the foot of the piece above, or could be: see `parsed`.
    """
    if lines[place].kind is not LineKind.PAYER or place + 1 == len(lines):
        return False
    if lines[place].glued or lines[place + 1].glued:
        return lines[place + 1].glued and not lines[place].glued
    above = lines[place - 1] if place else None
    if above is not None and above.kind is LineKind.BIOGRAPHY:
        return all(is_press(author.role) for author in above.authors)
    return lines[place + 1].kind in (LineKind.DISCLOSURE, LineKind.LABEL)


def _opens(
    lines: Sequence[Line], texts: Sequence[bool], top: int, place: int, *, ended: bool, prose: int
) -> bool:
    line = lines[place]
    if not texts[place]:
        return False
    above, signed = {at.kind for at in lines[top:place]}, _byline_below(lines, texts, place)
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


def _byline_below(lines: Sequence[Line], texts: Sequence[bool], place: int) -> bool:
    """`By NAME` under the headline, or under the standfirst, and text under that."""
    for below in range(place + 1, min(place + 4, len(lines))):
        line = lines[below]
        if line.kind is LineKind.BYLINE:
            return texts[below] and not _closing(lines, below)
        if line.kind is not LineKind.DATE and line.words > STANDFIRST_WORDS:
            return False
    return False
