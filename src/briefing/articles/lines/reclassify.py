"""What a line is, once its neighbours are looked at: the second reading, still of the whole page."""

import re
from collections.abc import Sequence
from dataclasses import replace

from briefing.articles.lines.join_split_labels import rejoined
from briefing.articles.lines.line import Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.lines.line_shape import (
    BELOW_A_PIECE,
    HEADLINE_WORDS,
    LOOK_BELOW,
    STARTS_OR_ENDS,
    has_text_below,
    is_prose,
    looks_like_headline,
)
from briefing.articles.lines.reclassify_edges import settle_edges
from briefing.articles.vocabulary.boilerplate import opens_tail
from briefing.articles.vocabulary.bylines import biography, is_press
from briefing.articles.vocabulary.captions import is_credited, split_credit
from briefing.articles.vocabulary.labels import says_advertisement

_LABELS = frozenset({LineKind.DISCLOSURE, LineKind.PAYER, LineKind.SLOT})
#: With fewer words it is the name or address of a firm.
_LINK_WORDS = 4
_CAPTION_WORDS = 45
_FORM_LINES, _FORM_WORDS = 12, 30
_HEADING_LINES, _HEADING_WORDS = 3, 14
_INVITES = re.compile(r"(?:sign up|subscribe|join|get|receive|try|register)\b", re.IGNORECASE)


def settle(lines: Sequence[Line]) -> list[Line]:
    """The same lines with every kind corrected by what stands around it."""
    settled = rejoined(lines)
    _captions(settled)
    _spread(settled, "cookie notice")
    _forms(settled)
    _tails(settled)
    settle_edges(settled)
    _biographies(settled)
    return settled


def _mark(lines: list[Line], place: int, kind: LineKind, reason: str = "") -> None:
    lines[place] = replace(lines[place], kind=kind, reason=reason)


def _captions(lines: list[Line]) -> None:
    """Text glued above a button, or above an agency's credit, describes the picture."""
    for place, line in enumerate(lines):
        if line.kind is LineKind.BUTTON:
            _caption_above(lines, place)
        elif line.kind is LineKind.AGENCY and line.glued and _alone(lines, place - 1):
            _mark(lines, place - 1, LineKind.CAPTION)
        elif line.kind is LineKind.TEXT and line.words <= _CAPTION_WORDS and is_credited(line.text):
            _mark(lines, place, LineKind.CAPTION)


def _caption_above(lines: list[Line], button: int) -> None:
    above = button - 1
    while above >= 0 and lines[above + 1].glued and lines[above].kind in _IN_CAPTION_BLOCK:
        above -= 1
    if above < 0 or lines[above].kind is not LineKind.TEXT:
        return
    if not lines[above + 1].glued:
        if above == 0 and above + 1 == button and _opens_page(lines, button):
            _mark(lines, above, LineKind.CAPTION)
        return
    if _alone(lines, above) or split_credit(lines[above].text)[1]:
        _mark(lines, above, LineKind.CAPTION)


_IN_CAPTION_BLOCK = frozenset(
    {
        LineKind.AGENCY,
        LineKind.LABEL,
        LineKind.DISCLOSURE,
        LineKind.SLOT,
        LineKind.PAYER,
        LineKind.BUTTON,
    }
)


def _alone(lines: Sequence[Line], place: int) -> bool:
    """No other text is glued above it, so no paragraph's last line is mistaken for a caption."""
    line = lines[place]
    if line.kind is not LineKind.TEXT or line.words > _CAPTION_WORDS:
        return False
    return not line.glued or place == 0 or lines[place - 1].kind is not LineKind.TEXT


def _opens_page(lines: Sequence[Line], button: int) -> bool:
    """The first line and a button, a headline below: a caption that lost its place by a blank line."""
    first = lines[0]
    if looks_like_headline(first) and first.words <= 14 and not split_credit(first.text)[1]:  # noqa: PLR2004
        return False
    below = next((line for line in lines[button + 1 :] if line.kind is LineKind.TEXT), None)
    return below is not None and first.words <= _CAPTION_WORDS and looks_like_headline(below)


def _spread(lines: list[Line], reason: str) -> None:
    """Short lines glued to a cookie notice belong to it; a paragraph never does."""
    for step in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        for place in step:
            forward = step.step == 1
            neighbour = place - 1 if forward else place + 1
            glued = lines[place].glued if forward else lines[neighbour].glued
            if (
                glued
                and lines[neighbour].reason == reason
                and lines[place].kind is LineKind.TEXT
                and (forward or not looks_like_headline(lines[place]))
                and lines[place].words <= HEADLINE_WORDS
            ):
                _mark(lines, place, LineKind.FURNITURE, reason)


def _forms(lines: list[Line]) -> None:
    """What stands between the first and the last line of one sign-up form belongs to the form."""
    last = None
    for place, line in enumerate(lines):
        if line.reason != "sign-up form":
            continue
        _form_heading(lines, place)
        if last is not None and place - last <= _FORM_LINES:
            between = range(last + 1, place)
            if all(_in_form(lines[at]) for at in between):
                for at in between:
                    _mark(lines, at, LineKind.FURNITURE, "sign-up form")
        last = place


def _form_heading(lines: list[Line], form: int) -> None:
    """A few short lines over a form, of which the first invites, are its heading."""
    for top in range(form - 1, max(-1, form - 1 - _HEADING_LINES), -1):
        if lines[top].kind is not LineKind.TEXT or lines[top].words > _HEADING_WORDS:
            return
        if _INVITES.match(lines[top].text):
            for at in range(top, form):
                _mark(lines, at, LineKind.FURNITURE, "sign-up form")
            return


def _in_form(line: Line) -> bool:
    if line.kind is LineKind.FURNITURE:
        return True
    return line.kind is LineKind.TEXT and line.glued and line.words <= _FORM_WORDS


def _tails(lines: list[Line]) -> None:
    """Headlines of other pages under "Content from our partners" or "Sponsored" and the like."""
    tail, prose = False, False
    for place, line in enumerate(lines):
        if _opens_tail(lines, place, after_text=prose):
            tail = True
            _mark(lines, place, LineKind.FURNITURE, "link to other pages")
        elif tail and looks_like_headline(line) and not _starts_text(lines, place):
            _mark(lines, place, LineKind.FURNITURE, "link to other pages")
        elif line.kind in _LABELS and prose and _is_card(lines, place):
            tail = True
            for at in (place - 1, place):
                _mark(lines, at, LineKind.FURNITURE, "link to other pages")
        elif line.kind is not LineKind.FURNITURE:
            tail = False
        prose = prose or is_prose(line)


def _opens_tail(lines: Sequence[Line], place: int, *, after_text: bool) -> bool:
    line = lines[place]
    if opens_tail(line.text) and line.kind in (LineKind.FURNITURE, LineKind.DISCLOSURE):
        return not _is_label_here(lines, place)
    if line.kind is not LineKind.DISCLOSURE or not after_text or says_advertisement(line.text):
        return False
    below = lines[place + 1 : place + 4]
    links = [_is_link(below_it) for below_it in below[:2]]
    return len(links) > 1 and all(links) and not any(is_prose(line) for line in below)


def _is_card(lines: Sequence[Line], place: int) -> bool:
    """A headline with its own "Sponsored" under it and no text: a link to an advert."""
    above = lines[place - 1]
    is_link = _is_link(above) or above.reason == "link to other pages"
    if says_advertisement(lines[place].text) or not is_link:
        return False
    return not any(is_prose(line) for line in lines[place + 1 : place + 3])


def _is_link(line: Line) -> bool:
    return looks_like_headline(line) and line.words >= _LINK_WORDS


def _is_label_here(lines: Sequence[Line], place: int) -> bool:
    """A "Content from our partners" over a headline with its text is a label, over links it is not."""
    below = lines[place + 1 : place + 4]
    if not below or not (looks_like_headline(below[0]) or is_prose(below[0])):
        return False
    return any(is_prose(line) for line in below)


def _starts_text(lines: Sequence[Line], place: int) -> bool:
    """A headline-shaped line directly above a paragraph is a headline or a subhead, no link."""
    return place + 1 < len(lines) and is_prose(lines[place + 1]) and place + 2 < len(lines)


def _biographies(lines: list[Line]) -> None:
    """A biography closes a piece; a person the text itself speaks of is its subject."""
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.kind is LineKind.BIOGRAPHY and not (
            _in_place(lines, place) and _writes(lines, place)
        ):
            _mark(lines, place, LineKind.TEXT)


def _in_place(lines: Sequence[Line], place: int) -> bool:
    if place == 0:
        return False
    if not any(is_prose(line) for line in lines[max(0, place - LOOK_BELOW) : place]):
        authors = biography(lines[place].text)
        return all(author.publication for author in authors) and has_text_below(lines, place)
    for below in range(place + 1, len(lines)):
        line = lines[below]
        if line.kind in STARTS_OR_ENDS:
            return True
        if line.kind not in BELOW_A_PIECE:
            if line.glued and line.words <= HEADLINE_WORDS and below == place + 1:
                continue
            return looks_like_headline(line) and has_text_below(lines, below)
    return True


def _writes(lines: Sequence[Line], place: int) -> bool:
    authors = biography(lines[place].text)
    if all(is_press(author.role) or not author.name for author in authors):
        return True
    for above in range(place - 1, -1, -1):
        line = lines[above]
        if line.kind in (LineKind.BIOGRAPHY, LineKind.BUTTON, LineKind.CREDIT):
            break
        if is_prose(line) and any(
            re.search(rf"\b{re.escape(author.name)}\b", line.text) for author in authors
        ):
            return any(lines[at].kind is LineKind.BYLINE for at in range(above))
    return True
