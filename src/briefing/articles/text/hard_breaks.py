"""Lines that a program broke at a width: wire copy, mail and old archives end each at 72 columns or so."""

import re

#: In characters: narrower is a poem or a table, wider is a paragraph on a line of its own.
_NARROWEST, _WIDEST = 38, 100
#: So many breaks, and this share of them, have to be where the next word did not fit; below this share of those
#: the sentence goes on with a small letter, as sentences do.
_FEWEST, _SHARE, _SMALL = 3, 0.75, 0.4
_STOPS = (".", "!", "?", ":", "”", '"', "»", ")")
#: Items, quoted mail, tables and rows of names keep their lines.
_ITEM = re.compile(r"\s*(?:[>|•▪●◦·#]|[*+–—-]\s|\d{1,3}[.)]\s)")
_ROW = re.compile(r".*(?:\S\t+|\S {3,})\S")


def unbroken(text: str) -> str:
    """The text with those lines joined again whose next word did not fit into the width of the page.

    The width is that of the longest line with another below it. A line that ends before the width was meant to
    end there: the last of a paragraph, a heading, a line of an agenda.
    """
    lines = text.split("\n")
    pairs = [at for at in range(len(lines) - 1) if _goes_on(lines[at], lines[at + 1])]
    width = max((len(lines[at].rstrip()) for at in pairs), default=0)
    if not _NARROWEST <= width <= _WIDEST or _has_paragraphs(lines, width):
        return text
    forced = {at for at in pairs if _is_full(lines[at], lines[at + 1], width)}
    inside = [at for at in pairs if at in forced or not _ends(lines[at])]
    broken = sum(lines[at + 1].lstrip()[:1].islower() for at in forced)
    if broken < max(_FEWEST, _SMALL * len(forced)) or len(forced) < _SHARE * len(inside):
        return text
    joined = [lines[0]]
    for at, line in enumerate(lines[1:]):
        if at in forced:
            joined[-1] = f"{joined[-1].rstrip()} {line.lstrip()}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _goes_on(line: str, below: str) -> bool:
    """Both are text of one block, and the lower one is not set in as a new paragraph is."""
    if not line.strip() or not below.strip() or len(line.rstrip()) > _WIDEST:
        return False
    if _ITEM.match(below) or _ROW.match(below) or _ROW.match(line):
        return False
    return _indent(below) <= _indent(line) or bool(_ITEM.match(line))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_full(line: str, below: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(below.split(maxsplit=1)[0]) > width


def _ends(line: str) -> bool:
    """Where a paragraph may end: behind a full stop, or far from the width."""
    return line.rstrip().endswith(_STOPS) or len(line) < _NARROWEST


def _has_paragraphs(lines: list[str], width: int) -> bool:
    """Paragraphs longer than the width stand each on a line of their own: the page was not broken at one."""
    return sum(len(line) > width + 1 for line in lines) > len(lines) // 20
