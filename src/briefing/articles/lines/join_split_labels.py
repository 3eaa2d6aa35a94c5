"""Labels that a page breaks over several lines: "Paid for" / "by" / "Harrow & Pike"."""

from collections.abc import Sequence

from briefing.articles.lines.line import Line, line_of
from briefing.articles.lines.line_kind import LineKind, classify
from briefing.articles.vocabulary.labels import disclosure, is_open
from briefing.articles.vocabulary.payer_lines import in_line
from briefing.articles.vocabulary.releases import declares_release

_FIRST_WORDS, _NEXT_WORDS, _MOST_LINES = 4, 5, 4
#: Below the payer's name comes a headline; a line of more words is a text, and the name its headline.
_LONG_TEXT = 22
_OPEN_ENDS = frozenset("by with from for in and & association partnership collaboration".split())
_PARTS = frozenset(
    {LineKind.TEXT, LineKind.SLOT, LineKind.DISCLOSURE, LineKind.PAYER, LineKind.RELEASE}
)


def rejoined(lines: Sequence[Line]) -> list[Line]:
    """The same lines, the parts of a broken label put together into one."""
    joined: list[Line] = []
    place = 0
    while place < len(lines):
        count = _parts(lines, place)
        joined.append(_one(lines[place : place + count]) if count > 1 else lines[place])
        place += count
    return joined


def _one(parts: Sequence[Line]) -> Line:
    text = " ".join(part.text for part in parts)
    raw = "\n".join(part.raw for part in parts)
    return line_of(text, raw, parts[0].glued)


def _parts(lines: Sequence[Line], place: int) -> int:
    """How many lines from here on make one label; 1 when the line stands for itself."""
    first = lines[place]
    if first.words > _FIRST_WORDS or first.kind not in _PARTS:
        return 1
    text, best = first.text, 1
    for at in range(place + 1, min(place + _MOST_LINES, len(lines))):
        if not _continues(text, lines, at):
            break
        text = f"{text} {lines[at].text}"
        if _says_paid(text) or declares_release(text):
            best = at - place + 1
    return best


def _continues(text: str, lines: Sequence[Line], at: int) -> bool:
    """Whether the next line goes on with a label; a headline below a label never does."""
    line = lines[at]
    if line.words > _NEXT_WORDS or line.kind not in _PARTS:
        return False
    if _names_next(text) and line.facts.is_name:
        return True
    if is_open(text):
        ends = at + 1 == len(lines) or lines[at + 1].kind is not LineKind.TEXT
        short = ends or lines[at + 1].words < _LONG_TEXT
        return line.facts.is_name and (line.glued or short)
    if not line.glued:
        return False
    goes_on = text.casefold().split()[-1] in _OPEN_ENDS or line.text[:1].islower()
    whole = f"{text} {line.text}"
    return goes_on or (
        line.words == 1
        and disclosure(whole) is not None
        and classify(whole).kind is LineKind.DISCLOSURE
    )


def _names_next(text: str) -> bool:
    """Who issued it stands on the next line: "News provided by" alone."""
    return text.casefold().split()[-1] in _OPEN_ENDS and declares_release(text)


def _says_paid(text: str) -> bool:
    """Two of the readings are tried before all of them: most lines of a menu are something else."""
    if disclosure(text) is None and in_line(text) is None:
        return False
    return classify(text).kind in (LineKind.DISCLOSURE, LineKind.PAYER)
