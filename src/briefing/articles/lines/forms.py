"""Cookie notices and sign-up forms: which of the lines around one belong to it."""

from collections.abc import Sequence

from briefing.articles.lines.line import HEADLINE_WORDS, Line
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.vocabulary.boilerplate import invites

_COOKIES = "cookie notice"
_FORM_LINES, _FORM_WORDS = 12, 30
_HEADING_LINES, _HEADING_WORDS = 3, 14


def cookie_notices(page: Sequence[Line]) -> list[Line]:
    """Short lines glued to a cookie notice belong to it; a paragraph never does."""
    lines = list(page)
    for step in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        for place in step:
            forward = step.step == 1
            neighbour = place - 1 if forward else place + 1
            glued = lines[place].glued if forward else lines[neighbour].glued
            if (
                glued
                and lines[neighbour].reason == _COOKIES
                and lines[place].kind is LineKind.TEXT
                and (forward or not lines[place].is_headline)
                and lines[place].words <= HEADLINE_WORDS
            ):
                lines[place] = lines[place].taken_for(LineKind.FURNITURE, _COOKIES)
    return lines


def sign_up_forms(page: Sequence[Line]) -> list[Line]:
    """What stands between the first and the last line of one sign-up form belongs to the form."""
    lines = list(page)
    last = None
    for place, line in enumerate(lines):
        if line.reason != "sign-up form":
            continue
        _form_heading(lines, place)
        if last is not None and place - last <= _FORM_LINES:
            between = range(last + 1, place)
            if all(_in_form(lines[at]) for at in between):
                for at in between:
                    lines[at] = lines[at].taken_for(LineKind.FURNITURE, "sign-up form")
        last = place
    return lines


def _form_heading(lines: list[Line], form: int) -> None:
    """A few short lines over a form, of which the first invites, are its heading."""
    for top in range(form - 1, max(-1, form - 1 - _HEADING_LINES), -1):
        if lines[top].kind is not LineKind.TEXT or lines[top].words > _HEADING_WORDS:
            return
        if invites(lines[top].text):
            for at in range(top, form):
                lines[at] = lines[at].taken_for(LineKind.FURNITURE, "sign-up form")
            return


def _in_form(line: Line) -> bool:
    if line.kind is LineKind.FURNITURE:
        return True
    return line.kind is LineKind.TEXT and line.glued and line.words <= _FORM_WORDS
