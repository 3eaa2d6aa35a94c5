"""Where one piece of a page ends and the next begins."""

from collections.abc import Sequence

from briefing.articles.bylines import biography
from briefing.articles.captions import is_agency, is_button
from briefing.articles.credits import credit, is_phone
from briefing.articles.furniture import furniture
from briefing.articles.labels import disclosure
from briefing.articles.lines import Line

_HEADLINE_WORDS = 22
_SURE_HEADLINE_WORDS = 14
_STOPS = (".", ";", ",")


def pieces(lines: Sequence[Line]) -> list[list[Line]]:
    """Cut a page into its pieces; every line is in exactly one of them.

    A picture button opens a new piece only when a headline follows it and the piece before has
    ended (a biography or a credit was seen) or the headline is short enough to be sure. After an
    ending, a headline with text below opens a piece even without a button.
    """
    starts = [0]
    ended = False
    for place, line in enumerate(lines):
        if place <= starts[-1]:
            continue
        if ends_piece(lines, place):
            ended = True
        elif is_button(line.text):
            if _opens_piece(lines, starts[-1], place, ended=ended):
                starts.append(_caption_start(lines, starts[-1], place))
                ended = False
        elif ended and _headline_below_ending(lines, starts[-1], place):
            starts.append(place)
            ended = False
    ends = [*starts[1:], len(lines)]
    return [list(lines[start:end]) for start, end in zip(starts, ends, strict=True)]


def ends_piece(lines: Sequence[Line], place: int) -> bool:
    """True for a closing credit or phone line, and for a biography with nothing of its piece below."""
    line = lines[place].text
    if credit(line) or is_phone(line):
        return True
    return bool(biography(line)) and _closes(lines, place)


def _closes(lines: Sequence[Line], place: int) -> bool:
    """Nothing but picture lines, furniture, an ending or a headline may follow a biography."""
    for below in range(place + 1, min(place + 4, len(lines))):
        line = lines[below].text
        if is_button(line) or credit(line) or is_phone(line):
            return True
        if not (is_agency(line) or furniture(line) or lines[below].glued or biography(line)):
            return looks_like_headline(lines[below]) or _is_caption_above_button(lines, below)
    return True


def looks_like_headline(line: Line) -> bool:
    """Short, and without the full stop that closes a sentence."""
    return line.words <= _HEADLINE_WORDS and not line.text.endswith(_STOPS)


def _is_caption_above_button(lines: Sequence[Line], place: int) -> bool:
    return place + 1 < len(lines) and lines[place + 1].glued and is_button(lines[place + 1].text)


def _caption_start(lines: Sequence[Line], start: int, button: int) -> int:
    """The first line of the caption block over a button: the caption belongs to the NEXT piece."""
    first = button
    while first > start and lines[first].glued and _may_be_caption(lines, first - 1):
        first -= 1
    return first


def _may_be_caption(lines: Sequence[Line], place: int) -> bool:
    """A biography glued to the button is no caption; it is tested first."""
    line = lines[place].text
    return not (biography(line) or credit(line) or is_phone(line))


def _opens_piece(lines: Sequence[Line], start: int, button: int, *, ended: bool) -> bool:
    body = lines[start : _caption_start(lines, start, button)]
    if not any(_is_prose(line) for line in body):
        return False
    below = _next_real(lines, button)
    if below is None or not looks_like_headline(lines[below]):
        return False
    if not _has_text_below(lines, below):
        return False
    return ended or lines[below].words <= _SURE_HEADLINE_WORDS


def _next_real(lines: Sequence[Line], button: int) -> int | None:
    """The first line below a button that is no button, credit, label or caption of another one."""
    for place in range(button + 1, len(lines)):
        line = lines[place].text
        if is_button(line) or is_agency(line) or disclosure(line) or furniture(line):
            continue
        if _is_caption_above_button(lines, place):
            continue
        return place
    return None


def _headline_below_ending(lines: Sequence[Line], start: int, place: int) -> bool:
    line = lines[place]
    if line.glued or place <= start or not looks_like_headline(line):
        return False
    if is_agency(line.text) or furniture(line.text) or _is_caption_above_button(lines, place):
        return False
    return not biography(line.text) and _has_text_below(lines, place)


def _has_text_below(lines: Sequence[Line], place: int) -> bool:
    return any(_is_prose(line) for line in lines[place + 1 : place + 6])


def _is_prose(line: Line) -> bool:
    """Long enough to be a paragraph, or a sentence with its full stop."""
    if furniture(line.text) or biography(line.text):
        return False
    return line.words > _HEADLINE_WORDS or line.text.endswith((".", ".”", '."', "?", "!"))
