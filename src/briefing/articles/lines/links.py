"""Links to other pages: headlines that stand for texts which are not here."""

from collections.abc import Sequence

from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.vocabulary.boilerplate import may_label, opens_tail
from briefing.articles.vocabulary.labels import says_advertisement

_LABELS = frozenset({LineKind.DISCLOSURE, LineKind.PAYER, LineKind.SLOT})
#: With fewer words it is the name or address of a firm.
_LINK_WORDS = 4


def other_pages(page: Sequence[Line]) -> list[Line]:
    """Headlines of other pages under "Content from our partners" or "Sponsored" and the like."""
    lines = list(page)
    tail, prose = False, False
    for place, line in enumerate(lines):
        if _opens_tail(lines, place, after_text=prose):
            tail = True
            lines[place] = lines[place].taken_for(LineKind.FURNITURE, "link to other pages")
        elif tail and line.is_headline and not _begins_piece(lines, place):
            lines[place] = lines[place].taken_for(LineKind.FURNITURE, "link to other pages")
        elif line.kind in _LABELS and prose and _is_card(lines, place):
            tail = True
            for at in (place - 1, place):
                lines[at] = lines[at].taken_for(LineKind.FURNITURE, "link to other pages")
        elif line.kind is not LineKind.FURNITURE:
            tail = False
        prose = prose or line.is_prose
    return lines


def _opens_tail(lines: Sequence[Line], place: int, *, after_text: bool) -> bool:
    line = lines[place]
    if opens_tail(line.text) and line.kind in (LineKind.FURNITURE, LineKind.DISCLOSURE):
        return not _is_label_here(lines, place)
    if line.kind is not LineKind.DISCLOSURE or not after_text or says_advertisement(line.text):
        return False
    below = lines[place + 1 : place + 4]
    links = [_is_link(below_it) for below_it in below[:2]]
    return len(links) > 1 and all(links) and not any(line.is_prose for line in below)


def _is_card(lines: Sequence[Line], place: int) -> bool:
    """A headline with its own "Sponsored" under it and no text: a link to an advert."""
    above = lines[place - 1]
    is_link = _is_link(above) or above.reason == "link to other pages"
    if says_advertisement(lines[place].text) or not is_link:
        return False
    return not any(line.is_prose for line in lines[place + 1 : place + 3])


def _is_link(line: Line) -> bool:
    return line.is_headline and line.words >= _LINK_WORDS


def _is_label_here(lines: Sequence[Line], place: int) -> bool:
    """A "Content from our partners" over a headline with its text is a label, over links it is not."""
    below = lines[place + 1 : place + 4]
    if not below or not (below[0].is_headline or below[0].is_prose):
        return False
    if not may_label(lines[place].text) and below[0].glued and not below[0].is_prose:
        return False
    return any(line.is_prose for line in below)


def _begins_piece(lines: Sequence[Line], place: int) -> bool:
    return _starts_text(lines, place) or _signed(lines, place)


def _starts_text(lines: Sequence[Line], place: int) -> bool:
    """A headline-shaped line directly above a paragraph is a headline or a subhead.

    It is a link where a blank line parts the two and none parts it from the links above.
    """
    if place + 2 >= len(lines) or not lines[place + 1].is_prose:
        return False
    return lines[place + 1].glued or not lines[place].glued


def _signed(lines: Sequence[Line], place: int) -> bool:
    """A by-line below, and more than a teaser's one sentence below that: another article of the same page."""
    below = place + 1
    while below < len(lines) and lines[below].kind in (LineKind.BYLINE, LineKind.DATE):
        below += 1
    signed = any(line.kind is LineKind.BYLINE for line in lines[place + 1 : below])
    text = lines[below : below + 2]
    return signed and len(text) > 1 and all(line.is_prose for line in text)
